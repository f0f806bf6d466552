import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { anOrder } from './an-order';

/**
 * The JavaScript that a page's HTML names, gzip, above what an empty app of the same framework names.
 * Run against a running server: npm run bench:first-load -- --url http://localhost:3000
 */

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    limit: { type: 'string', default: '60000' },
  },
});

/** An app that shows one line, built beside ours with the same packages. */
function buildFloor(): number {
  const folder = resolve('.data/floor');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'app'), { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write('package.json', '{ "name": "floor", "private": true, "type": "module" }');
  write(
    'next.config.mjs',
    `export default { turbopack: { root: ${JSON.stringify(resolve('.'))} } };`,
  );
  write(
    'app/layout.jsx',
    "import Link from 'next/link';\nexport default ({ children }) => (<html lang='en'><body><Link href='/'>Floor</Link>{children}</body></html>);",
  );
  write('app/page.jsx', 'export default () => <h1>Floor</h1>;');
  execFileSync(resolve('node_modules/.bin/next'), ['build'], { cwd: folder, stdio: 'ignore' });
  const html = readFileSync(join(folder, '.next/server/app/index.html'), 'utf8');
  return scriptsOf(html)
    .map((path) => readFileSync(join(folder, '.next', path.replace('/_next/', ''))))
    .reduce((sum, script) => sum + gzipSync(script).length, 0);
}

const scriptsOf = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<script[^>]+src="([^"]+)"([^>]*)/g)]
      .filter(([, , rest = '']) => !rest.includes('noModule'))
      .map(([, src = '']) => src),
  ),
];

async function sizeOf(path: string, cookie: string): Promise<number> {
  const html = await (await fetch(new URL(path, values.url), { headers: { cookie } })).text();
  let sum = 0;
  for (const src of scriptsOf(html)) {
    const script = await (await fetch(new URL(src, values.url))).arrayBuffer();
    sum += gzipSync(Buffer.from(script)).length;
  }
  return sum;
}

const floor = buildFloor();
const restaurants = await (await fetch(new URL('/', values.url))).text();
const restaurant = /href="(\/r\/[\w-]+)"/.exec(restaurants)?.[1] ?? '/';
const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} KB`;
const rows = [];
let over = 0;
const order = await anOrder(values.url);
const pages = [
  ...['/', restaurant, '/checkout', '/sign-in', '/sign-up'].map((path) => ({ path, cookie: '' })),
  ...['/orders', order.path, '/account'].map((path) => ({ ...order, path })),
];
for (const { path, cookie } of pages) {
  const size = await sizeOf(path, cookie);
  if (size - floor > Number(values.limit)) over += 1;
  rows.push({
    page: path,
    scripts: kilobytes(size),
    floor: kilobytes(floor),
    above: kilobytes(size - floor),
  });
}
console.table(rows);
process.exitCode = over > 0 ? 1 : 0;
