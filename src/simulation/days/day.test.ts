import { expect, it } from 'vitest';
import { NO_CALIBRATION } from '@/domain/eta-window';
import { seededRandom } from '@/domain/random';
import { loadCity } from '@/simulation/city';
import { buildRouter } from '@/simulation/routing';
import { playDay } from './day';
import { EtaLedger } from './eta-ledger';

const city = loadCity();
const router = buildRouter(city.graph);

function play(seed: number) {
  const ledger = new EtaLedger(NO_CALIBRATION);
  const { delivered } = playDay(
    {
      ...{ city, router, kitchens: 8, couriers: 6, orders: 40 },
      random: seededRandom(seed),
      midnight: new Date('2026-11-20T00:00:00Z'),
    },
    ledger,
  );
  return { delivered, outcomes: ledger.outcomes };
}

it('a day is the same for the same seed, and another for another', () => {
  const day = play(3);
  expect(play(3)).toEqual(day);
  expect(play(4)).not.toEqual(day);
});

it('every order arrives, after being quoted once, through every stage', () => {
  const { delivered, outcomes } = play(5);
  expect(delivered).toBeGreaterThan(25);
  expect(outcomes.filter(({ stage }) => stage === 'quote')).toHaveLength(delivered);
  for (const stage of ['kitchen', 'to_pickup', 'at_pickup', 'to_dropoff', 'at_dropoff']) {
    expect(outcomes.filter((each) => each.stage === stage).length).toBeGreaterThanOrEqual(
      delivered,
    );
  }
  for (const { actual } of outcomes) expect(actual).toBeGreaterThanOrEqual(0);
});
