import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { createFormat } from '@/components/shared/format';
import type { AttemptDriver, AttemptVerdict } from '@/domain/dispatch/attempt';
import admin from '@/messages/en/admin.json';
import shared from '@/messages/en/shared.json';
import { type Attempt, attemptWords } from './attempt-words';

const catalogue = { locale: 'en' as const, messages: { admin, shared } };
const words = {
  t: createTranslator({ ...catalogue, namespace: 'admin' }),
  format: createFormat('en', createTranslator({ ...catalogue, namespace: 'shared' })),
};

const considered = (
  name: string,
  verdict: AttemptVerdict,
  distanceM: number,
  change: Partial<AttemptDriver> = {},
): AttemptDriver => ({
  driverId: name,
  name: `${name} Silva`,
  ...{ distanceM, verdict, positionAgeSeconds: 180 },
  ...{ travelSeconds: 120, load: 0, refusalShare: 0, score: null },
  ...change,
});

const attempt = (
  outcome: Attempt['outcome'],
  of: AttemptDriver[],
  policy: Attempt['policy'] = 'nearest',
): Attempt => ({
  number: 1,
  policy,
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
  it('says for every verdict of a plan why the driver was not asked', () => {
    const told = attemptWords(
      attempt(
        'offer',
        [
          considered('Ana', 'chosen', 900, { score: 60 }),
          considered('Ben', 'costs_more', 1_200, { score: 240, refusalShare: 0.5 }),
          considered('Cleo', 'kept_for_another', 300),
          considered('Dan', 'carries_enough', 400, { load: 3 }),
          considered('Eve', 'asked_already', 500),
          considered('Fay', 'not_free_soon', 600),
          considered('Gil', 'off_duty_before_pickup', 700),
          considered('Hal', 'off_duty', 800),
          considered('Ivy', 'out_of_radius', 4_500),
        ],
        'batch',
      ),
      words,
    );
    expect(told).toEqual([
      'Asked Ana (900 m, 2 min away): the best plan for all open orders.',
      'Ben could be here 3 min later, all in all (1.2 km away).',
      'Ben refuses often (50 %).',
      'Cleo is kept for another order (300 m away).',
      'Dan was left out: carries 3 orders already.',
      'Eve was left out: busy with another question.',
      'Fay was left out: not free soon.',
      'Gil was left out: off duty before the pickup.',
      'Hal was left out: on a break or off duty.',
      'Ivy was left out: 4.5 km away, outside 4 km.',
    ]);
  });

  it('names all who were asked at once, and whom a held order is planned for', () => {
    const two = [considered('Ana', 'chosen', 300), considered('Ben', 'chosen', 400)];
    expect(attemptWords(attempt('offer', two, 'broadcast'), words)[0]).toBe(
      'Asked Ana and Ben at once: the first yes wins.',
    );
    const held = attempt('hold', [considered('Ana', 'chosen', 300)], 'batch');
    expect(attemptWords(held, words)[0]).toBe(
      'Planned for Ana, who is asked when it is time to leave.',
    );
  });

  it('tells an empty radius from one where everybody said no', () => {
    expect(attemptWords(attempt('wait', []), words)).toEqual(['No free driver within 4 km.']);
    expect(attemptWords(attempt('wait', [considered('Ben', 'declined', 300)]), words)[0]).toBe(
      'Nobody left to ask within 4 km.',
    );
  });
});
