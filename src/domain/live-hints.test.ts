import { describe, expect, it } from 'vitest';
import { orderEvent } from './images.testing';
import { cursorAfter, HINT_BYTES, type Hint, judgeHint, packHints } from './live-hints';

const event = orderEvent('order', { id: '900.12', version: 7 });
const hint: Hint = {
  ...{ id: '900.12', streamId: 'order', version: 7, event },
  ...{ after: '899.3', streamAfter: 5 },
};

describe('what a hint is to a reader', () => {
  it.each([
    ['the very next of its stream', 'e.5', hint, 'next'],
    ['one after some that it may not see', 'e.6', hint, 'next'],
    ['known in its stream', 'e.7', hint, 'known'],
    ['older than what it knows', 'e.9', hint, 'known'],
    ['after a gap in its stream', 'e.4', hint, 'gap'],
    ['the very next of a feed', 'e.899.3', hint, 'next'],
    ['the next after a watermark', 'e.900.0', hint, 'next'],
    ['known in a feed', 'e.900.12', hint, 'known'],
    ['known by a larger number of more digits', 'e.1000.1', hint, 'known'],
    ['after a gap in a feed', 'e.899.2', hint, 'gap'],
    ['of another epoch', 'f.7', hint, 'gap'],
    ['one without a cursor', null, hint, 'gap'],
    ['without what is before it', 'e.6', { ...hint, streamAfter: null }, 'gap'],
    ['without what happened', 'e.6', { ...hint, event: undefined }, 'gap'],
  ] as const)('%s', (_, cursor, given, verdict) => {
    expect(judgeHint(cursor, 'e', given as Hint)).toBe(verdict);
  });

  it('moves the cursor of its kind', () => {
    expect(cursorAfter('e.5', 'e', hint)).toBe('e.7');
    expect(cursorAfter('e.899.3', 'e', hint)).toBe('e.900.12');
  });
});

describe('messages', () => {
  const size = (message: unknown) => new TextEncoder().encode(JSON.stringify(message)).length;

  it('hold as many hints as fit, in their order', () => {
    const hints = Array.from({ length: 60 }, (_, n) => ({ ...hint, version: n }));
    const messages = packHints('e', hints);
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.length).toBeLessThan(60);
    expect(messages.flatMap((message) => message.hints)).toEqual(hints);
    for (const message of messages) expect(size(message)).toBeLessThanOrEqual(HINT_BYTES);
  });

  it('leave out an event that is too large', () => {
    const large = { ...hint, event: { ...event, actor: 'é'.repeat(HINT_BYTES / 2) } };
    const [message] = packHints('e', [large]);
    expect(message?.hints).toEqual([
      { id: '900.12', streamId: 'order', version: 7, after: '899.3', streamAfter: 5 },
    ]);
  });
});
