import type { LogEvent } from './events';

/**
 * Hints on channels of somebody else (Pusher): they may be lost, come twice or in another order. A hint
 * says that the log has gone on; what it brings is taken only if it directly follows what is known.
 */
export type Hint = {
  /** The event's place in the log, `<xid>.<position>`. */
  id: string;
  streamId: string;
  version: number;
  /** The last event before it that the channel may show, in the log and in its stream; null: not known. */
  after: string | null;
  streamAfter: number | null;
  /** Not where rights may end while somebody listens, nor when it is too large. */
  event?: LogEvent;
};

/** The names of messages: hints, one courier's position, and that drivers have moved. */
export const HINTS = 'hints';
export const POSITION = 'position';
export const MOVED = 'moved';

export type HintMessage = { epoch: string; hints: Hint[] };

/** What a message of Pusher may hold, bytes. */
export const HINT_BYTES = 10_240;

/** Whether place `a` comes after `b` in the log. */
function isAfter(a: string, b: string): boolean {
  const [xid = '0', position = '0'] = a.split('.');
  const [otherXid = '0', otherPosition = '0'] = b.split('.');
  return xid === otherXid
    ? BigInt(position) > BigInt(otherPosition)
    : BigInt(xid) > BigInt(otherXid);
}

/**
 * What a hint is to a reader at `cursor` (one order's `epoch.version`, or a feed's `epoch.xid.position`):
 * known already, the very next, or a sign that something is missing.
 */
export function judgeHint(
  cursor: string | null,
  epoch: string,
  hint: Hint,
): 'known' | 'next' | 'gap' {
  const [ours, ...rest] = (cursor ?? '').split('.');
  if (ours !== epoch) return 'gap';
  const place = rest.join('.');
  if (rest.length === 1) {
    if (hint.version <= Number(place)) return 'known';
    const follows = hint.streamAfter !== null && hint.streamAfter <= Number(place);
    return hint.event && follows ? 'next' : 'gap';
  }
  if (!isAfter(hint.id, place)) return 'known';
  const follows = hint.after !== null && !isAfter(hint.after, place);
  return hint.event && follows ? 'next' : 'gap';
}

/** The reader's cursor once it has taken a hint. */
export function cursorAfter(cursor: string, epoch: string, hint: Hint): string {
  return cursor.split('.').length === 2 ? `${epoch}.${hint.version}` : `${epoch}.${hint.id}`;
}

const encoder = new TextEncoder();
const sizeOf = (message: HintMessage): number => encoder.encode(JSON.stringify(message)).length;

/** As few messages as these hints fit into; a hint that is too large for one goes without its event. */
export function packHints(epoch: string, hints: readonly Hint[]): HintMessage[] {
  const messages: HintMessage[] = [];
  for (const whole of hints) {
    const { event: _, ...bare } = whole;
    const hint = sizeOf({ epoch, hints: [whole] }) <= HINT_BYTES ? whole : bare;
    const last = messages.at(-1);
    const together = last && { epoch, hints: [...last.hints, hint] };
    if (together && sizeOf(together) <= HINT_BYTES) messages.splice(-1, 1, together);
    else messages.push({ epoch, hints: [hint] });
  }
  return messages;
}
