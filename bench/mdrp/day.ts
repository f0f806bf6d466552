import { planBatch, planOf } from '@/domain/dispatch/batch';
import { type BatchPolicy, BatchPolicySchema } from '@/domain/dispatch/policy';
import type { Plan } from '@/domain/dispatch/take-up';
import { seededRandom } from '@/domain/random';
import { violations } from './evaluate';
import type { Instance } from './instance';
import { type Measures, measure } from './measure';
import {
  deliveredOrders,
  readSolution,
  type SolutionTexts,
  solutionOf,
  writeSolution,
} from './solution';
import { type Habits, type Planner, type Played, World } from './world';

/** Farther than any two places of an instance, metres. */
const EVERYWHERE_M = 1_000_000;

export type Day = Measures &
  Pick<Played, 'roundMs' | 'roundCpuMs'> & { instance: string; ordersPerTrip: number };

/** The default policy, in a world where everybody is reached, by the rules of the instance. */
export function yardstickPolicy(
  { rules }: Instance,
  change: Partial<BatchPolicy> = {},
): BatchPolicy {
  return BatchPolicySchema.parse({
    radiusStepsM: [EVERYWHERE_M],
    windowSeconds: 60,
    leadSeconds: 0,
    // A trip of the instances begins at one restaurant.
    nearPickupSeconds: 0,
    targetSeconds: rules.targetClickToDoor * 60,
    latestDoorSeconds: rules.maximumClickToDoor * 60,
    ...change,
  });
}

export function batchPlanner(policy: BatchPolicy, random: () => number): Planner {
  let before: Plan | undefined;
  return (snapshot, now) => {
    const decisions = planBatch({ snapshot, policy, now, random: random(), before });
    before = planOf(decisions);
    return {
      offers: decisions.flatMap((it) => (it.kind === 'offer' ? [it] : [])),
      givenUp: decisions.flatMap((it) => (it.kind === 'give_up' ? [it.deliveryId] : [])),
    };
  };
}

/** A day on which everybody accepts at once, judged by what its solution files say. */
export function solveDay(
  instance: Instance,
  change: Partial<BatchPolicy> = {},
): { day: Day; files: SolutionTexts; violations: string[] } {
  const policy = yardstickPolicy(instance, change);
  const habits = { acceptance: 1, offerSeconds: 0, roundSeconds: 60, random: () => 0 };
  const { trips, ...rounds } = new World(instance, habits).play(batchPlanner(policy, () => 0));
  const files = writeSolution(solutionOf(instance, trips));
  const solution = readSolution(files);
  return {
    files,
    violations: violations(instance, solution),
    day: {
      ...{ instance: instance.name, ...rounds, ...measure(instance, solution.orders) },
      ordersPerTrip: solution.orders.length / solution.assignments.length,
    },
  };
}

const OFFER_SECONDS = 20;

/** A day on which couriers take their time and refuse. */
export function refusingDay(
  instance: Instance,
  acceptance: number,
  change: Partial<BatchPolicy>,
): Day {
  const policy = yardstickPolicy(instance, {
    ...{ offerSeconds: OFFER_SECONDS, windowSeconds: OFFER_SECONDS },
    leadSeconds: OFFER_SECONDS / acceptance,
    ...change,
  });
  const random = seededRandom(7);
  const habits: Habits = {
    ...{ acceptance, offerSeconds: OFFER_SECONDS, roundSeconds: OFFER_SECONDS, random },
  };
  const { trips, ...rounds } = new World(instance, habits).play(batchPlanner(policy, random));
  const delivered = deliveredOrders(instance, trips);
  return {
    ...{ instance: instance.name, ...rounds, ...measure(instance, delivered) },
    ordersPerTrip: delivered.length / trips.length,
  };
}
