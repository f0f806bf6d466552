import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findBrowser } from '../e2e/support/browser';
import { anOrder } from './an-order';

/**
 * Lighthouse (mobile preset) on the customer's main pages of a running server, the median of some runs.
 * Fetches Lighthouse itself. Run: npm run bench:lighthouse -- --url http://localhost:3000 --runs 3 [--no-gpu]
 */

const LIGHTHOUSE = 'lighthouse@12.8.2';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const WANTED = { performance: 95, accessibility: 100, 'best-practices': 100 };
/** Paint holding keeps the tab's last picture for up to two seconds, at random in a headless browser. */
const FLAGS =
  '--headless=new --no-sandbox --disable-background-networking --disable-features=PaintHolding';
/** WebGL in software, or none: then maps stay empty, and the browser draws pages with less effort. */
const GRAPHICS = ['--use-angle=swiftshader --enable-unsafe-swiftshader', '--disable-gpu'] as const;

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    runs: { type: 'string', default: '3' },
    'no-gpu': { type: 'boolean', default: false },
  },
});

type Report = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { displayValue?: string; numericValue?: number }>;
};

const folder = mkdtempSync(join(tmpdir(), 'hotfoot-lighthouse-'));

function audit(path: string, cookie: string): Report {
  const headers = join(folder, 'headers.json');
  const output = join(folder, 'report.json');
  writeFileSync(headers, JSON.stringify(cookie ? { Cookie: cookie } : {}));
  execFileSync(
    'npx',
    [
      ...['--yes', LIGHTHOUSE, new URL(path, values.url).href, '--quiet'],
      ...['--output=json', `--output-path=${output}`, `--extra-headers=${headers}`],
      ...[
        `--only-categories=${CATEGORIES.join(',')}`,
        `--chrome-flags=${FLAGS} ${GRAPHICS[values['no-gpu'] ? 1 : 0]}`,
      ],
    ],
    { stdio: 'ignore', env: { ...process.env, CHROME_PATH: findBrowser() ?? '' } },
  );
  return JSON.parse(readFileSync(output, 'utf8'));
}

const median = (list: number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

const order = await anOrder(values.url);
const rows = [];
let short = 0;
for (const { name, path, cookie } of [
  { name: 'discover', path: '/', cookie: '' },
  { name: 'order', ...order },
]) {
  const reports = Array.from({ length: Number(values.runs) }, () => audit(path, cookie));
  const row: Record<string, string> = { page: name };
  for (const category of CATEGORIES) {
    const score = median(
      reports.map((r) => Math.round((r.categories[category]?.score ?? 0) * 100)),
    );
    if (score < WANTED[category]) short += 1;
    row[category] = `${score}`;
  }
  for (const metric of ['largest-contentful-paint', 'total-blocking-time']) {
    const value = median(reports.map((r) => r.audits[metric]?.numericValue ?? 0));
    row[metric] = `${Math.round(value)} ms`;
  }
  rows.push(row);
}
console.table(rows);
rmSync(folder, { recursive: true, force: true });
process.exitCode = short > 0 ? 1 : 0;
