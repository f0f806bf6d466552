import type { NextConfig } from 'next';
import { PHASE_PRODUCTION_SERVER } from 'next/constants';
import { isHttps, NOT_FRAMED, responseHeaders } from './src/config/response-headers';

const everywhere = responseHeaders({ https: isHttps(process.env.PUBLIC_URL) });
/** What `src/proxy.ts` gives no policy of its own; the documentation of the API brings one. */
const NO_PAGES = '/:path(api/(?!docs).*|_next/.*|icons/.*|maplibre/.*|city/.*|sw.js|icon.svg)';

const config: NextConfig = {
  poweredByHeader: false,
  // The front door does, in Brotli too.
  compress: false,
  reactStrictMode: true,
  // The link of a share or an invitation is a secret in an address: it is neither passed on, nor found, nor kept.
  headers: async () => [
    {
      source: '/:path*',
      headers: Object.entries(everywhere).map(([key, value]) => ({ key, value })),
    },
    { source: NO_PAGES, headers: [{ key: 'Content-Security-Policy', value: NOT_FRAMED }] },
    {
      source: '/:kind(s|join)/:token',
      headers: [
        { key: 'Referrer-Policy', value: 'no-referrer' },
        { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
        { key: 'Cache-Control', value: 'no-store' },
      ],
    },
  ],
  // The socket's code comes with the first subscription, not with every page: ADR 12.
  turbopack: { resolveAlias: { './wsLink-l0dX0ah6.mjs': './src/trpc/socket-free.ts' } },
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@electric-sql/pglite-postgis',
    '@node-rs/argon2',
    '@opentelemetry/api',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-node',
    'postgres',
    'swagger-ui-dist',
  ],
};

/**
 * The build compiles the texts, so that no browser loads a parser of the message syntax. What is built is served
 * without that plugin: it loads a compiler that unpacks itself to a disk, which a read-only container doesn't have.
 */
export default async (phase: string): Promise<NextConfig> => {
  if (phase === PHASE_PRODUCTION_SERVER) return config;
  const { default: createNextIntlPlugin } = await import('next-intl/plugin');
  return createNextIntlPlugin({
    requestConfig: './src/i18n/request.ts',
    experimental: {
      messages: { path: './src/messages', format: 'json', locales: 'infer', precompile: true },
    },
  })(config);
};
