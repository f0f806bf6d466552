import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

const BUILT = '.next/static';
const PREFIX = '/_next/static';

export type StaticFiles = {
  /** False when this is not for us. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
};

/**
 * The scripts, styles and fonts of the build, from disk and compressed beforehand: the process that
 * renders pages is not asked for them. Their names change with their content.
 */
export function serveStaticFiles(): StaticFiles {
  const serve = sirv(BUILT, { immutable: true, maxAge: 31_536_000, brotli: true, gzip: true });
  return {
    handle(request, response, path) {
      if (!path.startsWith(`${PREFIX}/`)) return false;
      request.url = path.slice(PREFIX.length);
      serve(request, response, () => {
        response.writeHead(404, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
        response.end('There is no such file.');
      });
      return true;
    },
  };
}
