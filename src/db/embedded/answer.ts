import { frames, type TransactionStatus } from './protocol';
import type { Unit } from './units';

export type Answer = {
  /** What the client is to get. */
  output: Buffer;
  /** Of the last ReadyForQuery, or null if there was none. */
  status: TransactionStatus | null;
  /** The backend has reported an error. */
  failed: boolean;
};

/**
 * Makes the backend's raw output what a server would have sent. The engine sends ReadyForQuery
 * too early after an error in a batch without Sync; only the one that answers the unit passes.
 * Notifications are dropped: NOTIFY does not cross this front.
 */
export function readAnswer(raw: Buffer, unit: Omit<Unit, 'frames'>): Answer {
  const kept: Buffer[] = [];
  const closes = [...unit.closes];
  let status: TransactionStatus | null = null;
  let ready: Buffer | null = null;
  let failed = false;
  let from = 0;
  for (const { type, start, end } of frames(raw)) {
    const ours = type === '3' && closes.shift() === 'ours';
    if (type === 'E') failed = true;
    if (type === 'Z') {
      ready = raw.subarray(start, end);
      status = statusOf(raw.readUInt8(start + 5));
    }
    if (ours || type === 'Z' || type === 'A' || (type === 'G' && unit.copyIn)) {
      if (start > from) kept.push(raw.subarray(from, start));
      from = end;
    }
  }
  if (raw.length > from) kept.push(raw.subarray(from));
  if (unit.end !== 'open' && ready) kept.push(ready);
  const [only] = kept;
  return { output: only && kept.length === 1 ? only : Buffer.concat(kept), status, failed };
}

function statusOf(byte: number): TransactionStatus {
  if (byte === 0x49) return 'I';
  return byte === 0x54 ? 'T' : 'E';
}
