import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { createFormat } from '@/components/shared/format';
import type { Considered, Verdict } from '@/domain/dispatch/nearest';
import admin from '@/messages/en/admin.json';
import shared from '@/messages/en/shared.json';
import { type Attempt, attemptWords } from './attempt-words';

const catalogue = { locale: 'en' as const, messages: { admin, shared } };
const words = {
  t: createTranslator({ ...catalogue, namespace: 'admin' }),
  format: createFormat('en', createTranslator({ ...catalogue, namespace: 'shared' })),
};

const considered = (name: string, verdict: Verdict, distanceM: number): Considered => ({
  driverId: name,
  name: `${name} Silva`,
  distanceM,
  positionAgeSeconds: 180,
  declined: verdict === 'declined',
  expiredThisRound: verdict === 'did_not_answer',
  verdict,
});

const attempt = (outcome: Attempt['outcome'], of: Considered[]): Attempt => ({
  number: 1,
  at: '2026-05-01T12:00:00Z',
  radiusM: 4_000,
  outcome,
  considered: of,
  nextAttemptAt: null,
});

describe('attemptWords', () => {
  it('says who was asked, who was left out and why, and who was further away', () => {
    const told = attemptWords(
      attempt('offer', [
        considered('Ana', 'chosen', 420),
        considered('Ben', 'declined', 300),
        considered('Dan', 'position_stale', 500),
        considered('Cleo', 'further_away', 1_200),
      ]),
      words,
    );
    expect(told).toEqual([
      'Asked Ana (420 m).',
      'Ben was left out: declined.',
      'Dan was left out: no position for 3 min.',
      'Cleo was further away (1.2 km).',
    ]);
  });
  it('counts those further away beyond the first two', () => {
    const far = ['A', 'B', 'C', 'D'].map((name) => considered(name, 'further_away', 900));
    const told = attemptWords(attempt('offer', [considered('Ana', 'chosen', 420), ...far]), words);
    expect(told.at(-1)).toBe('2 more were further away too.');
  });
  it('tells an empty radius from one where everybody said no', () => {
    expect(attemptWords(attempt('wait', []), words)).toEqual(['No free driver within 4 km.']);
    expect(attemptWords(attempt('wait', [considered('Ben', 'declined', 300)]), words)[0]).toBe(
      'Nobody left to ask within 4 km.',
    );
  });
});
