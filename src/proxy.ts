import { type NextRequest, NextResponse } from 'next/server';
import { contentPolicy } from '@/config/content-policy';
import { getEnv } from '@/config/env';
import { channelSources, readHosted } from '@/config/hosted';

/** Gives each page a policy with a nonce of its own. Who may see a page is decided by the page. */
export function proxy(request: NextRequest): NextResponse {
  const { MAP_STYLE_URL, NODE_ENV } = getEnv();
  const tiles = MAP_STYLE_URL && URL.canParse(MAP_STYLE_URL) ? [new URL(MAP_STYLE_URL).origin] : [];
  const hosted = readHosted();
  const live = hosted ? channelSources(hosted) : [];
  const nonce = crypto.randomUUID();
  const policy = contentPolicy({ nonce, tiles, live, dev: NODE_ENV === 'development' });
  const headers = new Headers(request.headers);
  // Next finds the nonce here, and puts it on what it writes.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: ['/((?!api/|_next/|icons/|maplibre/|city/|sw.js|icon.svg|manifest.webmanifest).*)'],
};
