import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { connect } from '@/db/client';
import { type RecordedZone, readRecording, zonesWithSearches } from '@/db/queries/recording';
import { policyOf } from '@/domain/dispatch/zone-policy';
import { type Figures, figuresOf } from '@/domain/replay/figures';
import { BadPolicy, readPolicyFile } from '@/domain/replay/policy-file';
import { replay } from '@/domain/replay/replay';
import { readStory, type Story } from '@/domain/replay/story';
import { withDatabase } from './with-database';

/**
 * What if: runs a recorded stretch of the log again under another policy.
 * npm run dispatch:replay -- --from 2026-11-20T18:00Z --to 2026-11-20T20:00Z --policy file.json
 *   [--zone <slug>] [--seed <n>]
 */

/** A command that can't be carried out as it stands; the sentence says what is wrong with it. */
class BadCommand extends Error {
  override readonly name = 'BadCommand';
}

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    policy: { type: 'string' },
    zone: { type: 'string' },
    seed: { type: 'string', default: '7' },
  },
});

function momentOf(option: 'from' | 'to'): Date {
  const text = values[option];
  if (text === undefined) throw new BadCommand(`--${option} is missing`);
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) {
    throw new BadCommand(`--${option}: '${text}' is no time, e.g. 2026-11-20T18:00Z`);
  }
  return moment;
}

async function readPolicy() {
  const { policy: path } = values;
  if (path === undefined) throw new BadCommand('--policy is missing: a JSON file with a policy');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new BadCommand(`--policy: ${path} can't be read`);
  });
  try {
    return readPolicyFile(text);
  } catch (error) {
    if (error instanceof BadPolicy) throw new BadCommand(`${path}: ${error.message}`);
    throw error;
  }
}

function chooseZone(zones: readonly RecordedZone[], from: Date, to: Date): RecordedZone {
  const stretch = `between ${from.toISOString()} and ${to.toISOString()}`;
  const found = values.zone ? zones.find(({ slug }) => slug === values.zone) : zones[0];
  if (found) return found;
  if (zones.length === 0) throw new BadCommand(`no order looked for a driver ${stretch}`);
  const known = zones.map(({ slug }) => slug).join(', ');
  throw new BadCommand(
    `no order looked for a driver in zone '${values.zone}' ${stretch}; there were in: ${known}`,
  );
}

const minutes = (seconds: number | null) =>
  seconds === null ? '–' : `${(seconds / 60).toFixed(1)} min`;
const inSeconds = (seconds: number | null) => (seconds === null ? '–' : `${seconds.toFixed(1)} s`);
const number = (value: number | null, digits = 2) => value?.toFixed(digits) ?? '–';
const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/** What is printed of each run, line by line. */
const LINES: readonly [string, (figures: Figures) => string][] = [
  ['delivered', ({ delivered, orders }) => `${delivered} of ${orders}`],
  ['time to accept, mean', ({ acceptMean }) => inSeconds(acceptMean)],
  ['time to accept, p90', ({ acceptP90 }) => inSeconds(acceptP90)],
  ['food waits for the driver, mean', ({ foodWaitsMean }) => minutes(foodWaitsMean)],
  ['driver waits at the pickup, mean', ({ driverWaitsMean }) => minutes(driverWaitsMean)],
  ['order to door, mean', ({ clickToDoorMean }) => minutes(clickToDoorMean)],
  ['order to door, p90', ({ clickToDoorP90 }) => minutes(clickToDoorP90)],
  ['lateness, mean', ({ latenessMean }) => minutes(latenessMean)],
  ['late', ({ lateShare }) => percent(lateShare)],
  ['km a delivery, straight', ({ kmPerDelivery }) => number(kmPerDelivery)],
  ['offers a delivery', ({ offersPerDelivery }) => number(offersPerDelivery)],
  ['offers refused or unanswered', ({ refusedShare }) => percent(refusedShare)],
  ['unfairness (Gini of deliveries an hour)', ({ unfairness }) => number(unfairness)],
  ['drivers without a delivery', ({ idleDrivers }) => `${idleDrivers}`],
];

function print(story: Story, columns: Record<string, Figures>): void {
  const rows = LINES.map(([title, show]) => [
    title,
    Object.fromEntries(Object.entries(columns).map(([name, figures]) => [name, show(figures)])),
  ]);
  console.table(Object.fromEntries(rows));
  const { acceptance, answerSeconds } = story.habits;
  const { orders, drivers } = story.leftOut;
  const asked =
    story.recorded.offers === 0
      ? 'nobody was asked in the record, so that everybody says yes'
      : `as recorded, ${percent(acceptance)} of the offers were accepted, answered in ${inSeconds(answerSeconds)} at the median`;
  console.log(`${story.orders.length} orders, ${story.drivers.length} drivers; ${asked}.`);
  if (orders > 0)
    console.log(`${orders} orders that somebody ended, or that are not over, are left out.`);
  if (drivers > 0) console.log(`${drivers} drivers of whom no place is known are left out.`);
}

async function main(): Promise<void> {
  const policy = await readPolicy();
  const [from, to] = [momentOf('from'), momentOf('to')];
  if (to <= from) throw new BadCommand('--to has to be later than --from');
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new BadCommand(`--seed: '${values.seed}' is no whole number`);
  await withDatabase(async (url) => {
    const { db, close } = connect(url, { max: 1 });
    try {
      const zone = chooseZone(await zonesWithSearches(db, from, to), from, to);
      const story = readStory(await readRecording(db, zone.id, from, to));
      if (story.orders.length === 0) {
        throw new BadCommand(
          `none of the ${zone.orders} orders of that stretch has come to its end`,
        );
      }
      const present = policyOf(zone.document);
      console.log(`${zone.name}, ${from.toISOString()} to ${to.toISOString()}`);
      print(story, {
        'what happened': figuresOf(story.recorded, story),
        [`again, as the zone is (${present.kind})`]: figuresOf(
          replay(story, present, { seed }),
          story,
        ),
        [`under ${values.policy} (${policy.kind})`]: figuresOf(
          replay(story, policy, { seed }),
          story,
        ),
      });
    } finally {
      await close();
    }
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof BadCommand ? `dispatch:replay: ${error.message}` : error);
  process.exitCode = 1;
});
