import { expect, it } from 'vitest';
import type { Figures } from '@/domain/replay/figures';
import type { Preview } from '@/domain/replay/preview';
import { FIGURE_NAMES, type FigureName, figureRow } from './figure-rows';

const FIGURES: Figures = {
  ...{ orders: 40, delivered: 38, acceptMean: 30, acceptP90: 90, foodWaitsMean: 120 },
  ...{ driverWaitsMean: 60, clickToDoorMean: 1_800, clickToDoorP90: 2_400, latenessMean: 20 },
  ...{ lateShare: 0.1, kmPerDelivery: 3.1, offersPerDelivery: 1.4, refusedShare: 0.2 },
  ...{ unfairness: 0.3, idleDrivers: 2 },
};

const verdict = (name: FigureName, change: Partial<Figures>, before: Partial<Figures> = {}) => {
  const preview: Preview = {
    ...{ from: '', to: '', orders: 40, drivers: 9, leftOut: { orders: 0, drivers: 0 } },
    recorded: FIGURES,
    present: { kind: 'nearest', figures: { ...FIGURES, ...before } },
    changed: { kind: 'batch', figures: { ...FIGURES, ...change } },
  };
  return figureRow(name, preview).verdict;
};

it.each<[FigureName, Partial<Figures>, string, number]>([
  ['undelivered', { delivered: 40 }, 'better', 2],
  ['undelivered', { delivered: 35 }, 'worse', 3],
  ['kept', { lateShare: 0.05 }, 'better', 0.05],
  ['kept', { lateShare: 0.2 }, 'worse', 0.1],
  ['toDoor', { clickToDoorMean: 1_700 }, 'better', 100],
  ['distance', { kmPerDelivery: 3.6 }, 'worse', 0.5],
])('%s with %j is %s', (name, change, kind, by) => {
  expect(verdict(name, change)).toEqual({ kind, by: expect.closeTo(by, 9) });
});

it('what nobody could read off the table is the same', () => {
  for (const name of FIGURE_NAMES) expect(verdict(name, {})).toEqual({ kind: 'same' });
  expect(verdict('toDoor', { clickToDoorMean: 1_800.3 })).toEqual({ kind: 'same' });
});

it('nothing is compared with what could not be measured', () => {
  expect(verdict('kept', { lateShare: null })).toBeNull();
  expect(verdict('distance', {}, { kmPerDelivery: null })).toBeNull();
});
