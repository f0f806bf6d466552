import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openApiDocument } from './document';

const require = createRequire(import.meta.url);

/** The document, and Swagger UI from our own address. */

const DOCUMENT_PATHS = ['/api/openapi.json', '/api-json'];
const PAGE_PATHS = ['/api', '/api/', '/api/docs', '/api/docs/'];
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const START = 'start.js';

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Hotfoot API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/${START}"></script>
  </body>
</html>
`;

const SCRIPT = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null,
});
`;

/** Swagger UI writes styles into its elements and draws its icons from data; nothing comes from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

function respond(body: string | Uint8Array<ArrayBuffer>, type: string, kept = 'no-cache') {
  return new Response(body, {
    headers: {
      'content-type': type,
      'cache-control': kept,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    },
  });
}

const document = () => respond(JSON.stringify(openApiDocument()), 'application/json');

async function file(name: string, type: string): Promise<Response> {
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'));
  const bytes = new Uint8Array(await readFile(join(folder, name)));
  return respond(bytes, type, 'public, max-age=86400');
}

/** How to answer a path of the documentation; null for any other path. */
export function apiDocs(path: string): (() => Promise<Response>) | null {
  if (DOCUMENT_PATHS.includes(path)) return async () => document();
  if (PAGE_PATHS.includes(path)) return async () => respond(PAGE, 'text/html; charset=utf-8');
  const name = /^\/api\/docs\/([\w.-]+)$/.exec(path)?.[1];
  if (name === START) return async () => respond(SCRIPT, 'text/javascript; charset=utf-8');
  const type = name && FILES[name];
  return name && type ? () => file(name, type) : null;
}
