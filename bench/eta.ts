import { parseArgs } from 'node:util';
import { type Calibrations, calibrate, ETA_STAGES, NO_CALIBRATION } from '@/domain/eta-window';
import { seededRandom } from '@/domain/random';
import { loadCity } from '@/simulation/city';
import { playDay } from '@/simulation/days/day';
import { EtaLedger, type Outcome } from '@/simulation/days/eta-ledger';
import { buildRouter } from '@/simulation/routing';

/**
 * How well ETAs come true on simulated days whose kitchens, couriers and streets are not those that
 * the predictor believes in. Windows of each day are learnt from the days before.
 * Run: npm run bench:eta -- --days 8 --seed 7
 */

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '8' },
    seed: { type: 'string', default: '7' },
    orders: { type: 'string', default: '500' },
    couriers: { type: 'string', default: '30' },
  },
});
const DAY_MS = 86_400_000;

const city = loadCity();
const router = buildRouter(city.graph);

function daysOf(learning: boolean): { outcomes: Outcome[]; delivered: number } {
  let calibrations: Calibrations = NO_CALIBRATION;
  const known: Outcome[] = [];
  const judged: Outcome[] = [];
  let delivered = 0;
  for (let day = 0; day < Number(values.days); day += 1) {
    const ledger = new EtaLedger(calibrations);
    const played = playDay(
      {
        city,
        router,
        random: seededRandom(Number(values.seed) * 1_000 + day),
        kitchens: 36,
        couriers: Number(values.couriers),
        orders: Number(values.orders),
        midnight: new Date(Date.UTC(2026, 10, 1) + day * DAY_MS),
      },
      ledger,
    );
    known.push(...ledger.outcomes);
    // The first day has nothing to learn from, and is judged in neither table.
    if (day > 0) {
      judged.push(...ledger.outcomes);
      delivered += played.delivered;
    }
    if (!learning) continue;
    calibrations = {};
    for (const stage of ETA_STAGES) {
      const fit = calibrate(known.filter((each) => each.stage === stage));
      if (fit) calibrations[stage] = fit;
    }
  }
  return { outcomes: judged, delivered };
}

const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
const percent = (list: readonly boolean[]) => `${(mean(list.map(Number)) * 100).toFixed(1)} %`;

function row(stage: string, outcomes: Outcome[]): Record<string, string> {
  const errors = outcomes.map(({ actual, predicted }) => actual - predicted);
  return {
    stage,
    shown: `${outcomes.length}`,
    inside: percent(outcomes.map((o) => o.actual >= o.fromMinutes && o.actual <= o.toMinutes)),
    early: percent(outcomes.map((o) => o.actual < o.fromMinutes)),
    late: percent(outcomes.map((o) => o.actual > o.toMinutes)),
    'mean |error|': `${mean(errors.map(Math.abs)).toFixed(1)} min`,
    bias: `${mean(errors).toFixed(1)} min`,
    'mean width': `${mean(outcomes.map((o) => o.toMinutes - o.fromMinutes)).toFixed(1)} min`,
  };
}

for (const learning of [false, true]) {
  const { outcomes, delivered } = daysOf(learning);
  console.log(learning ? 'Windows learnt from the days before' : 'Windows as at the start');
  console.log(`${Number(values.days) - 1} days, ${delivered} orders delivered`);
  console.table([
    ...ETA_STAGES.map((stage) =>
      row(
        stage,
        outcomes.filter((each) => each.stage === stage),
      ),
    ),
    row('all', outcomes),
  ]);
}
