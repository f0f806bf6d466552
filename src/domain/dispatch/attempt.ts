import type { OfferWhy } from '@/domain/offer';
import type { BatchVerdict, ConsideredDriver } from './considered';
import type { Candidate, Judged, Verdict } from './nearest';

export const ATTEMPT_OUTCOMES = ['offer', 'hold', 'wait', 'give_up'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
export type AttemptVerdict = Verdict | BatchVerdict;

/** A driver as an attempt keeps them. Metres and seconds; null: this policy does not look at it. */
export type AttemptDriver = {
  driverId: string;
  name: string;
  distanceM: number;
  positionAgeSeconds: number;
  travelSeconds: number | null;
  load: number | null;
  /** Share of their latest offers that they refused or let run out. */
  refusalShare: number | null;
  /** What choosing them costs, in seconds at the door; null for who was left out. */
  score: number | null;
  verdict: AttemptVerdict;
};

/** What is known of a candidate besides what *nearest* goes by. */
export type KnownCandidate = Candidate & {
  travelSeconds: number;
  load: number;
  refusalShare: number;
};

/** Candidates of *nearest* and *broadcast*: the way to the pickup is all that they are weighed by. */
export const searched = (considered: readonly Judged<KnownCandidate>[]): AttemptDriver[] =>
  considered.map(({ declined: _, expiredThisRound: __, ...known }) => {
    const weighed = known.verdict === 'chosen' || known.verdict === 'further_away';
    return { ...known, score: weighed ? known.travelSeconds : null };
  });

export const planned = (
  considered: readonly ConsideredDriver[],
  nameOf: (driverId: string) => string,
): AttemptDriver[] => considered.map((each) => ({ ...each, name: nameOf(each.driverId) }));

/** Somebody on duty who had no room or no time for a question. */
export type BusyDriver = Omit<AttemptDriver, 'score' | 'verdict'> & {
  capacity: number;
  asked: boolean;
};

/** Those nearby who were not even candidates, nearest first: why not Ben? */
export function leftAside(busy: readonly BusyDriver[], limit: number): AttemptDriver[] {
  return [...busy]
    .sort((a, b) => a.distanceM - b.distanceM)
    .slice(0, limit)
    .map(({ capacity, asked, ...driver }) => {
      const full = (driver.load ?? 0) >= capacity;
      const verdict = asked ? 'asked_already' : full ? 'carries_enough' : 'off_duty';
      return { ...driver, score: null, verdict };
    });
}

/** Why this driver, for the driver. */
export function whyOf(
  code: OfferWhy['code'],
  considered: readonly AttemptDriver[],
  driverId: string,
  asked: number,
): OfferWhy {
  const own = considered.find((each) => each.driverId === driverId);
  const nearer = considered.filter(
    ({ distanceM, verdict }) => verdict !== 'chosen' && distanceM < (own?.distanceM ?? 0),
  );
  return {
    ...{ code, asked, considered: considered.length, nearer: nearer.length },
    travelSeconds: own?.travelSeconds ?? null,
  };
}
