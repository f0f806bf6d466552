import { firstName } from '@/components/admin/first-name';
import type { AdminWords } from '@/components/admin/use-admin-words';
import type { Considered } from '@/domain/dispatch/nearest';

export type Attempt = {
  number: number;
  at: string;
  radiusM: number;
  outcome: 'offer' | 'wait' | 'give_up';
  considered: Considered[];
  nextAttemptAt: string | null;
};

type Words = Pick<AdminWords, 't' | 'format'>;

/** As many of those who were further away as one wants to read about. */
const NAMED = 2;

function outcomeWords(attempt: Attempt, { t, format }: Words): string {
  const radius = format.distance(attempt.radiusM);
  const chosen = attempt.considered.find(({ verdict }) => verdict === 'chosen');
  switch (attempt.outcome) {
    case 'offer':
      return chosen
        ? t('attempt.asked', {
            name: firstName(chosen.name),
            distance: format.distance(chosen.distanceM),
          })
        : t('attempt.askedOne');
    case 'wait':
      return t(attempt.considered.length === 0 ? 'attempt.noFree' : 'attempt.nobodyLeft', {
        radius,
      });
    case 'give_up':
      return t('attempt.gaveUp', { radius });
  }
}

function leftOutWords(considered: Considered, { t, format }: Words): string | null {
  const name = firstName(considered.name);
  switch (considered.verdict) {
    case 'declined':
      return t('attempt.declined', { name });
    case 'did_not_answer':
      return t('attempt.didNotAnswer', { name });
    case 'position_stale':
      return t('attempt.stale', { name, age: format.lasting(considered.positionAgeSeconds) });
    default:
      return null;
  }
}

function furtherWords(considered: readonly Considered[], { t, format }: Words): string[] {
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
  const leftOut = attempt.considered.flatMap((each) => leftOutWords(each, words) ?? []);
  return [outcomeWords(attempt, words), ...leftOut, ...furtherWords(attempt.considered, words)];
}
