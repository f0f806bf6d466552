import { radiusWords } from '@/components/admin/radius-words';
import { distanceWords } from '@/components/shared/time-words';
import type { Considered } from '@/domain/dispatch';

export type Attempt = {
  number: number;
  at: string;
  radiusM: number;
  outcome: 'offer' | 'wait' | 'give_up';
  considered: Considered[];
  nextAttemptAt: string | null;
};

const firstName = (name: string): string => name.split(' ')[0] ?? name;

const ageOf = (seconds: number): string =>
  seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

/** As many of those who were further away as one wants to read about. */
const NAMED = 2;

function outcomeWords(attempt: Attempt): string {
  const radius = radiusWords(attempt.radiusM);
  const chosen = attempt.considered.find(({ verdict }) => verdict === 'chosen');
  switch (attempt.outcome) {
    case 'offer':
      return chosen
        ? `Asked ${firstName(chosen.name)} (${distanceWords(chosen.distanceM)}).`
        : 'Asked a driver.';
    case 'wait':
      return attempt.considered.length === 0
        ? `No free driver within ${radius}.`
        : `Nobody left to ask within ${radius}.`;
    case 'give_up':
      return `Gave up: nobody to ask within ${radius}.`;
  }
}

function leftOutWords({ name, verdict, positionAgeSeconds }: Considered): string | null {
  const who = firstName(name);
  switch (verdict) {
    case 'declined':
      return `${who} was left out: declined.`;
    case 'did_not_answer':
      return `${who} was left out: did not answer.`;
    case 'position_stale':
      return `${who} was left out: no position for ${ageOf(positionAgeSeconds)}.`;
    default:
      return null;
  }
}

function furtherWords(considered: readonly Considered[]): string[] {
  const further = considered.filter(({ verdict }) => verdict === 'further_away');
  const named = further
    .slice(0, NAMED)
    .map(
      ({ name, distanceM }) => `${firstName(name)} was further away (${distanceWords(distanceM)}).`,
    );
  const rest = further.length - named.length;
  if (rest === 0) return named;
  return [...named, `${rest} more ${rest === 1 ? 'was' : 'were'} further away too.`];
}

/** Why this driver, why not that one, in sentences. */
export function attemptWords(attempt: Attempt): string[] {
  const leftOut = attempt.considered.flatMap((each) => leftOutWords(each) ?? []);
  return [outcomeWords(attempt), ...leftOut, ...furtherWords(attempt.considered)];
}
