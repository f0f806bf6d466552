import { describe, expect, it } from 'vitest';
import { DEFAULT_LADDER, type Ladder } from '@/domain/must-see';
import { type LadderDraft, ladderDraftOf, ladderFrom, rungsOf, secondsOf } from './ladder-draft';

const draft = ladderDraftOf(DEFAULT_LADDER, DEFAULT_LADDER);
const withRung = (
  event: keyof LadderDraft,
  kind: keyof LadderDraft['placed'],
  change: Partial<LadderDraft['placed']['sound']>,
): LadderDraft => ({
  ...draft,
  [event]: { ...draft[event], [kind]: { ...draft[event][kind], ...change } },
});

describe('a ladder that is edited', () => {
  it('is the same when nothing was changed', () => {
    expect(ladderFrom(draft)).toEqual({ ladder: DEFAULT_LADDER });
    expect(draft.placed.louder).toEqual({ on: true, after: '0:45' });
    expect(draft.placed.cancel).toEqual({ on: true, after: '10:00' });
  });

  it('shows what is off with the time that it usually has', () => {
    const own: Ladder = { ...DEFAULT_LADDER, placed: DEFAULT_LADDER.placed.slice(-1), delayed: [] };
    const { placed, delayed } = ladderDraftOf(own, DEFAULT_LADDER);
    expect(placed.push).toEqual({ on: false, after: '1:00' });
    expect(delayed.dispatcher).toEqual({ on: false, after: '8:00' });
    expect(delayed.sms).toEqual({ on: false, after: '2:00' });
  });

  it('puts its rungs in the order of their times', () => {
    const read = ladderFrom(withRung('placed', 'sound', { after: '1:30' }));
    const kinds = 'ladder' in read ? read.ladder.placed.map(({ kind }) => kind) : [];
    expect(kinds.slice(0, 3)).toEqual(['louder', 'push', 'sound']);
    expect(kinds.at(-1)).toBe('cancel');
  });

  it('leaves out what is switched off', () => {
    const read = ladderFrom(withRung('placed', 'email', { on: false, after: 'nonsense' }));
    expect('ladder' in read && read.ladder.placed).toHaveLength(6);
  });

  it.each([
    ['no time', withRung('delayed', 'push', { after: 'soon' }), 'delayed.push', 'wrong'],
    ['more than a day', withRung('placed', 'cancel', { after: '1441' }), 'placed.cancel', 'wrong'],
    ['an end too early', withRung('placed', 'cancel', { after: '2:30' }), 'placed.cancel', 'last'],
  ])('says where it makes no sense: %s', (_, changed, where, how) => {
    const read = ladderFrom(changed);
    expect('wrong' in read && [...read.wrong]).toEqual([[where, how]]);
  });

  it.each([
    ['0', 0],
    ['2', 120],
    ['1:30', 90],
    [' 10:00 ', 600],
    ['1:60', null],
    ['', null],
    ['-1', null],
    ['1.5', null],
  ])('reads “%s” as %s seconds', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it('ends an order, never a cancellation or a delay', () => {
    expect(rungsOf('placed')).toContain('cancel');
    expect([...rungsOf('cancelled'), ...rungsOf('delayed')]).not.toContain('cancel');
  });
});
