import { inequality, mean, quantile } from './statistics';
import type { Run, Story } from './story';

/** What a run came to. Times in seconds; null where there is nothing to measure. */
export type Figures = {
  orders: number;
  delivered: number;
  acceptMean: number | null;
  acceptP90: number | null;
  /** Food on the counter. */
  foodWaitsMean: number | null;
  driverWaitsMean: number | null;
  clickToDoorMean: number | null;
  clickToDoorP90: number | null;
  /** Past the end of the window that was promised, those in time counted as 0. */
  latenessMean: number | null;
  lateShare: number | null;
  kmPerDelivery: number | null;
  offersPerDelivery: number | null;
  refusedShare: number | null;
  /** Of deliveries in an hour on duty, over the drivers. */
  unfairness: number | null;
  idleDrivers: number;
};

/** Drivers who were there for less are not compared, seconds. */
const A_WHILE = 600;

function fairness(run: Run, { drivers, from, to }: Story) {
  const count = new Map<string, number>();
  for (const { driverId, deliveredAt } of run.outcomes) {
    if (driverId && deliveredAt !== null) count.set(driverId, (count.get(driverId) ?? 0) + 1);
  }
  const rates = drivers.flatMap(({ id, shifts }) => {
    const duty = shifts.reduce(
      (sum, shift) => sum + Math.max(0, Math.min(to, shift.to) - Math.max(from, shift.from)),
      0,
    );
    return duty < A_WHILE ? [] : [((count.get(id) ?? 0) * 3_600) / duty];
  });
  return { unfairness: inequality(rates), idleDrivers: rates.filter((rate) => rate === 0).length };
}

export function figuresOf(run: Run, story: Story): Figures {
  const { outcomes, offers, refused } = run;
  const delivered = outcomes.filter(({ deliveredAt }) => deliveredAt !== null);
  const spans = (pick: (outcome: (typeof outcomes)[number]) => number | null) =>
    outcomes.flatMap((outcome) => pick(outcome) ?? []);
  const accept = spans(({ assignedAt, order }) => assignedAt && assignedAt - order.searchAt);
  const toDoor = spans(({ deliveredAt, order }) => deliveredAt && deliveredAt - order.placedAt);
  const late = spans(
    ({ deliveredAt, order }) => deliveredAt && Math.max(0, deliveredAt - order.promisedTo),
  );
  const distance = spans(({ deliveredAt, distanceM }) => deliveredAt && distanceM);
  return {
    ...{ orders: outcomes.length, delivered: delivered.length },
    ...{ acceptMean: mean(accept), acceptP90: quantile(accept, 0.9) },
    foodWaitsMean: mean(spans(({ pickedUpAt, order }) => pickedUpAt && pickedUpAt - order.readyAt)),
    driverWaitsMean: mean(
      spans(({ pickedUpAt, arrivedAt }) => pickedUpAt && arrivedAt && pickedUpAt - arrivedAt),
    ),
    ...{ clickToDoorMean: mean(toDoor), clickToDoorP90: quantile(toDoor, 0.9) },
    latenessMean: mean(late),
    lateShare: mean(late.map((seconds) => (seconds > 0 ? 1 : 0))),
    kmPerDelivery: distance.length === 0 ? null : (mean(distance) ?? 0) / 1_000,
    offersPerDelivery: delivered.length === 0 ? null : offers / delivered.length,
    refusedShare: offers === 0 ? null : refused / offers,
    ...fairness(run, story),
  };
}
