import { type BroadcastDecision, planBroadcast } from './broadcast';
import type { Candidate } from './nearest';
import type { DispatchPolicy } from './policy';

/** A delivery that a driver is searched for. */
export type Search<C extends Candidate> = {
  /** Rounds of this search that found nobody, so far. */
  emptyRounds: number;
  /** The nearest who may be offered work inside the radius, `policy.candidates` at the most. */
  candidates: readonly C[];
  /** Drivers who are thinking about this delivery now. */
  askedNow: ReadonlySet<string>;
};

export type RoundPolicy = DispatchPolicy & {
  /** Drivers asked at once about one delivery, and about how many each at once. */
  parallelOffers: number;
  parallelOffersPerDriver: number;
};

export type SearchDecision<C extends Candidate> =
  | BroadcastDecision<C>
  /** Those looked at are being asked about others of this round: to be looked at anew once that is written. */
  | { kind: 'crowded' };

/**
 * Decides many searches at once as if one after the other: whoever is asked about one is not asked about
 * the next. *Nearest* is *broadcast* to one. Answers in the order of the searches.
 */
export function planSearches<C extends Candidate>(
  searches: readonly Search<C>[],
  policy: RoundPolicy,
  now: Date,
  random: () => number,
): SearchDecision<C>[] {
  const takenNow = new Set<string>();
  return searches.map((search) => {
    const decision = planBroadcast({ ...search, policy, now, random: random(), takenNow });
    if (isCrowded(search, decision, policy, takenNow)) return { kind: 'crowded' };
    if (decision.kind === 'offer') for (const id of decision.driverIds) takenNow.add(id);
    return decision;
  });
}

/** Whether more might be asked once the rest is written: those further away, or who has room for one more question. */
function isCrowded<C extends Candidate>(
  { candidates, askedNow }: Search<C>,
  decision: BroadcastDecision<C>,
  policy: RoundPolicy,
  takenNow: ReadonlySet<string>,
): boolean {
  const all = candidates.length < policy.candidates;
  if (all && policy.parallelOffersPerDriver === 1) return false;
  if (!candidates.some(({ driverId }) => takenNow.has(driverId))) return false;
  const asked = decision.kind === 'offer' ? decision.driverIds.length : 0;
  return askedNow.size + asked < policy.parallelOffers;
}
