import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Day, refusingDay, solveDay } from './mdrp/day';
import { BadInstance, readInstance } from './mdrp/instance';
import { rowOf, summary, unavoidable } from './mdrp/report';
import { SOLUTION_FILES, type SolutionTexts } from './mdrp/solution';
import { countUnavoidable } from './mdrp/unavoidable';

/**
 * The yardstick for dispatch: plays the Grubhub meal delivery instances (grubhub/mdrplib) with the planner that
 * serves orders, checks and writes the solutions, and prints what the days came to.
 * Run: npm run bench:dispatch -- <folder of instances> [--out <folder>] [--only <part of a name>] [--every <n>]
 *   [--late] (bring orders that are over the limit too) [--refusals-every <n>] (0: none)
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: '.data/mdrp' },
    only: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    late: { type: 'boolean', default: false },
    'refusals-every': { type: 'string', default: '5' },
  },
});
const ACCEPTANCES = [0.5, 0.7, 0.9];
/** Days with refusals are long: rounds every 20 s, three times over. */
const refusalsEvery = Number(values['refusals-every']);

async function instanceFolders(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => {
    throw new BadInstance(`${folder}: is not a folder that can be read`);
  });
  if (names.includes('orders.txt')) return [folder];
  const folders: string[] = [];
  for (const name of names.filter((one) => one.includes(values.only)).sort()) {
    if ((await stat(join(folder, name))).isDirectory()) folders.push(join(folder, name));
  }
  if (folders.length === 0) throw new BadInstance(`${folder}: there are no instances`);
  return folders.filter((_, n) => n % Number(values.every) === 0);
}

async function writeFiles(name: string, texts: SolutionTexts): Promise<void> {
  const folder = join(values.out, name);
  await mkdir(folder, { recursive: true });
  for (const file of ['assignments', 'orders', 'moves'] as const) {
    await writeFile(join(folder, SOLUTION_FILES[file]), texts[file]);
  }
}

async function main(folder: string): Promise<number> {
  const change = values.late ? { latestDoorSeconds: null } : {};
  const folders = await instanceFolders(folder);
  const days: Day[] = [];
  const counts = [];
  const refusing = new Map<number, Day[]>(ACCEPTANCES.map((acceptance) => [acceptance, []]));
  let infeasible = 0;
  let limit = 0;
  for (const [n, one] of folders.entries()) {
    const instance = await readInstance(one);
    limit = instance.rules.maximumClickToDoor;
    const { day, files, violations } = solveDay(instance, change);
    await writeFiles(instance.name, files);
    days.push(day);
    counts.push(countUnavoidable(instance));
    console.log(JSON.stringify(rowOf(day)));
    for (const sentence of violations.slice(0, 5)) console.log(`  infeasible: ${sentence}`);
    if (violations.length > 0) infeasible += 1;
    if (!(refusalsEvery > 0) || n % refusalsEvery !== 0) continue;
    for (const [acceptance, list] of refusing) {
      list.push(refusingDay(instance, acceptance, change));
    }
  }
  console.table([summary('everybody accepts', days, limit)]);
  console.table([unavoidable(counts)]);
  if (refusalsEvery > 0) {
    console.table([...refusing].map(([share, list]) => summary(`accept ${share}`, list, limit)));
  }
  console.log(`${days.length - infeasible} of ${days.length} feasible; solutions in ${values.out}`);
  return infeasible === 0 ? 0 : 1;
}

try {
  const [folder] = positionals;
  if (!folder) throw new BadInstance('usage: npm run bench:dispatch -- <folder of instances>');
  process.exitCode = await main(folder);
} catch (error) {
  if (!(error instanceof BadInstance)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
