import { firstName } from '@/components/admin/first-name';
import type { AdminWords } from '@/components/admin/use-admin-words';
import type { AttemptDriver, AttemptOutcome } from '@/domain/dispatch/attempt';
import type { PolicyKind } from '@/domain/dispatch/policy-kinds';

export type Attempt = {
  number: number;
  at: string;
  policy: PolicyKind;
  radiusM: number;
  outcome: AttemptOutcome;
  considered: AttemptDriver[];
  nextAttemptAt: string | null;
};

type Words = Pick<AdminWords, 't' | 'format'>;

/** As many of those who were further away as one wants to read about. */
const NAMED = 2;
/** Who refuses this share of what they are asked is said to, 0 to 1. */
const REFUSES_OFTEN = 0.3;

const chosenOf = ({ considered }: Attempt) =>
  considered.filter(({ verdict }) => verdict === 'chosen');

/** Drivers who had no time at all were no candidates: they don't make a radius less empty. */
const NO_CANDIDATE: ReadonlySet<string> = new Set(['carries_enough', 'off_duty', 'asked_already']);

function askedWords(attempt: Attempt, { t, format }: Words): string {
  const [chosen, ...others] = chosenOf(attempt);
  if (!chosen) return t('attempt.askedOne');
  const name = firstName(chosen.name);
  const distance = format.distance(chosen.distanceM);
  if (others.length > 0) {
    const names = [chosen, ...others].map((each) => firstName(each.name));
    return t('attempt.askedMany', { names: format.list(names) });
  }
  if (attempt.policy === 'batch' && chosen.travelSeconds !== null) {
    const travel = format.lasting(chosen.travelSeconds);
    return t('attempt.askedPlanned', { name, distance, travel });
  }
  return t('attempt.asked', { name, distance });
}

function outcomeWords(attempt: Attempt, words: Words): string {
  const { t, format } = words;
  const radius = format.distance(attempt.radiusM);
  switch (attempt.outcome) {
    case 'offer':
      return askedWords(attempt, words);
    case 'hold':
      return t('attempt.planned', { name: firstName(chosenOf(attempt)[0]?.name ?? '') });
    case 'wait': {
      const empty = attempt.considered.every(({ verdict }) => NO_CANDIDATE.has(verdict));
      return t(empty ? 'attempt.noFree' : 'attempt.nobodyLeft', { radius });
    }
    case 'give_up':
      return t('attempt.gaveUp', { radius });
  }
}

/** Seconds at the door that the one who was chosen saves against this one; null: not weighed. */
function saved(attempt: Attempt, { score }: AttemptDriver): number | null {
  const best = chosenOf(attempt)[0]?.score ?? null;
  return score === null || best === null || score <= best ? null : score - best;
}

/** Why not this one; null for who was chosen, or only further away. */
function leftOutWords(attempt: Attempt, driver: AttemptDriver, words: Words): string | null {
  const { t, format } = words;
  const name = firstName(driver.name);
  const distance = format.distance(driver.distanceM);
  switch (driver.verdict) {
    case 'chosen':
    case 'further_away':
      return null;
    case 'declined':
      return t('attempt.declined', { name });
    case 'did_not_answer':
      return t('attempt.didNotAnswer', { name });
    case 'position_stale':
      return t('attempt.stale', { name, age: format.lasting(driver.positionAgeSeconds) });
    case 'kept_for_another':
      return t('attempt.keptForAnother', { name, distance });
    case 'costs_more': {
      const seconds = saved(attempt, driver);
      return seconds === null
        ? t('attempt.costsMoreUnknown', { name, distance })
        : t('attempt.costsMore', { name, distance, later: format.lasting(seconds) });
    }
    case 'off_duty_before_pickup':
      return t('attempt.offDutyBeforePickup', { name });
    case 'off_duty':
      return t('attempt.offDuty', { name });
    case 'asked_already':
      return t('attempt.askedAlready', { name });
    case 'carries_enough':
      return t('attempt.carriesEnough', { name, count: driver.load ?? 1 });
    case 'not_free_soon':
      return t('attempt.notFreeSoon', { name });
    case 'out_of_radius':
      return t('attempt.outOfRadius', {
        ...{ name, distance },
        radius: format.distance(attempt.radiusM),
      });
  }
}

function refusesWords({ name, verdict, refusalShare }: AttemptDriver, { t, format }: Words) {
  const weighed = verdict === 'costs_more' || verdict === 'kept_for_another';
  if (!weighed || refusalShare === null || refusalShare < REFUSES_OFTEN) return [];
  const share = `${format.number(Math.round(refusalShare * 100))} %`;
  return [t('attempt.refusesOften', { name: firstName(name), share })];
}

function furtherWords(considered: readonly AttemptDriver[], { t, format }: Words): string[] {
  const further = considered.filter(({ verdict }) => verdict === 'further_away');
  const named = further
    .slice(0, NAMED)
    .map(({ name, distanceM }) =>
      t('attempt.further', { name: firstName(name), distance: format.distance(distanceM) }),
    );
  const rest = further.length - named.length;
  return rest === 0 ? named : [...named, t('attempt.more', { count: rest })];
}

/** Why this driver, why not that one, in sentences. */
export function attemptWords(attempt: Attempt, words: Words): string[] {
  const leftOut = attempt.considered.flatMap((each) => {
    const why = leftOutWords(attempt, each, words);
    return why === null ? [] : [why, ...refusesWords(each, words)];
  });
  return [outcomeWords(attempt, words), ...leftOut, ...furtherWords(attempt.considered, words)];
}
