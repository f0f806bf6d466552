import { describe, expect, it } from 'vitest';
import { minute, orderEvent } from './images.testing';
import {
  applyToMustSees,
  DEFAULT_LADDER,
  LadderSchema,
  ladderOf,
  loudness,
  nextRung,
  type Rung,
  type RungKind,
} from './must-see';
import type { MustSeeImage } from './must-see-image';
import type { OrderStatus } from './order';

const raisedAt = new Date('2026-11-20T12:00:00Z');
const secondsAfter = (at: Date) => (at.getTime() - raisedAt.getTime()) / 1_000;
const waiting = { status: 'placed' as OrderStatus, cookFrom: null as Date | null };

const mustSee = (id: string, change: Partial<MustSeeImage> = {}): MustSeeImage => ({
  ...{ id, orderId: 'first', restaurantId: 'kitchen', event: 'placed', state: 'open' },
  ...{ raisedAt: minute(0), climbed: [], closedAt: null, closedBy: null },
  ...change,
});

describe('the next rung', () => {
  it.each<[RungKind[], RungKind | null, number]>([
    [[], 'sound', 0],
    [['sound'], 'louder', 45],
    [['sound', 'louder'], 'push', 60],
    [['sound', 'louder', 'push', 'email', 'sms'], 'dispatcher', 180],
    [['sound', 'louder', 'push', 'email', 'sms', 'dispatcher'], 'cancel', 600],
    [['sound', 'louder', 'push', 'email', 'sms', 'dispatcher', 'cancel'], null, 0],
  ])('after %j is %s', (climbed, kind, seconds) => {
    const next = nextRung(DEFAULT_LADDER, { event: 'placed', raisedAt, climbed, order: waiting });
    expect(next?.kind ?? null).toBe(kind);
    if (next) expect(secondsAfter(next.dueAt)).toBe(seconds);
  });

  const climbed: RungKind[] = ['sound', 'louder', 'push', 'email', 'sms', 'dispatcher'];

  it('never cancels what was answered', () => {
    const order = { ...waiting, status: 'accepted' as const };
    expect(nextRung(DEFAULT_LADDER, { event: 'placed', raisedAt, climbed, order })).toBeNull();
  });

  it('cancels an order for later when it is to be cooked, and not before', () => {
    const order = { ...waiting, cookFrom: new Date(raisedAt.getTime() + 7_200_000) };
    const next = nextRung(DEFAULT_LADDER, { event: 'placed', raisedAt, climbed, order });
    expect(next).toEqual({ kind: 'cancel', dueAt: order.cookFrom });
  });

  it('is one of the ladder as it is now, whatever was climbed by the one before', () => {
    const placed: Rung[] = [
      { kind: 'dispatcher', afterSeconds: 5 },
      { kind: 'cancel', afterSeconds: 10 },
    ];
    const climbing = { event: 'placed', raisedAt, climbed: ['sound'], order: waiting } as const;
    expect(nextRung({ ...DEFAULT_LADDER, placed }, climbing)?.kind).toBe('dispatcher');
  });
});

describe('a ladder', () => {
  const cancel: Rung = { kind: 'cancel', afterSeconds: 600 };
  const quiet = { cancelled: [], delayed: [] };

  it.each<[string, unknown]>([
    ['the usual one', DEFAULT_LADDER],
    ['one that only gives up', { ...quiet, placed: [cancel] }],
  ])('%s is one', (_, document) => {
    expect(ladderOf(document)).toEqual(document);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['an order that waits for ever', { ...quiet, placed: [{ kind: 'sound', afterSeconds: 0 }] }],
    [
      'a rung that nobody knows',
      { ...quiet, placed: [{ kind: 'shout', afterSeconds: 0 }, cancel] },
    ],
    [
      'rungs out of their order',
      { ...quiet, placed: [{ kind: 'sound', afterSeconds: 900 }, cancel] },
    ],
    ['a rung twice', { ...quiet, placed: [cancel, cancel] }],
    ['a cancellation of what is cancelled', { ...quiet, cancelled: [cancel], placed: [cancel] }],
    ['time running backwards', { ...quiet, placed: [{ kind: 'cancel', afterSeconds: -1 }] }],
    ['an event too many', { ...quiet, placed: [cancel], rained: [] }],
  ])('%s is none: the usual one counts', (_, document) => {
    expect(LadderSchema.safeParse(document).success).toBe(false);
    expect(ladderOf(document)).toBe(DEFAULT_LADDER);
  });
});

it.each<[RungKind[][], string]>([
  [[], 'silent'],
  [[[]], 'silent'],
  [[['sound']], 'normal'],
  [[['sound'], ['sound', 'louder']], 'loud'],
  [[['dispatcher']], 'silent'],
])('%j is %s on a tablet', (climbed, loud) => {
  expect(loudness(climbed.map((each) => ({ climbed: each })))).toBe(loud);
});

it('what waits to be seen follows the log', () => {
  const told = (image: MustSeeImage) => orderEvent('first', { data: { mustSee: image } });
  const louder = mustSee('one', { climbed: ['sound'] });
  const first = applyToMustSees([], told(mustSee('one')));
  const both = applyToMustSees(first, told(mustSee('two', { event: 'delayed' })));
  const climbed = applyToMustSees(both, told(louder));
  expect(climbed.map(({ id }) => id)).toEqual(['two', 'one']);
  expect(climbed[1]).toBe(louder);
  const seen = mustSee('one', { state: 'acknowledged', closedAt: minute(1) });
  expect(applyToMustSees(climbed, told(seen)).map(({ id }) => id)).toEqual(['two']);
  expect(applyToMustSees(climbed, orderEvent('first', { type: 'order.deleted' }))).toEqual([]);
  expect(applyToMustSees(climbed, orderEvent('first', {}))).toBe(climbed);
});
