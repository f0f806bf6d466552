import type { FixProblem, FixUse, PositionReport } from './position';

/**
 * Positions as binary frames beside tRPC's text frames on one socket; the layout is in
 * docs/positions.md. All numbers big-endian.
 */

const KIND = { fixes: 1, outcomes: 2, refused: 3 } as const;

export const MAX_FIXES_PER_FRAME = 250;
const FIX_BYTES = 22;
const HEADER_BYTES = 5;
const REFUSED_BYTES = 10;
const UNKNOWN = 0xff_ff;
const DEGREE = 1e7;
const CENTI = 100;
/** The last moment that a Date can hold, milliseconds. */
const LAST_MOMENT_MS = 8.64e15;

/** What became of one fix: taken, or why not. */
export type FixOutcome = FixUse | FixProblem | 'position_unreadable';
const OUTCOMES: readonly FixOutcome[] = [
  'live',
  'history',
  'position_stale',
  'position_from_future',
  'position_out_of_order',
  'position_implausible',
  'position_elsewhere',
  'position_unreadable',
];

/** Why a whole frame was refused. */
export const FRAME_REFUSALS = [
  'bad_frame',
  'too_many_positions',
  'off_duty',
  'sign_in_required',
  'role_not_allowed',
  'unavailable',
] as const;
export type FrameRefusal = (typeof FRAME_REFUSALS)[number];
export const isFrameRefusal = (reason: string): reason is FrameRefusal =>
  (FRAME_REFUSALS as readonly string[]).includes(reason);

/** `null` stands where a fix is not one: a latitude of 91 degrees, a time that no clock shows. */
export type FixFrame = { seq: number; fixes: (PositionReport | null)[] };

export type FixAnswer =
  | { kind: 'outcomes'; seq: number; outcomes: FixOutcome[] }
  /** `seq` is 0 when not even that could be read; `retryAfterMs` says when to send again. */
  | { kind: 'refused'; seq: number; reason: FrameRefusal; retryAfterMs: number };

const orUnknown = (value: number | null, scale: number): number =>
  value === null ? UNKNOWN : Math.min(UNKNOWN - 1, Math.max(0, Math.round(value * scale)));

const orNull = (value: number, scale: number): number | null =>
  value === UNKNOWN ? null : value / scale;

/** At most `MAX_FIXES_PER_FRAME` fixes, oldest first. */
export function encodeFixes(seq: number, fixes: readonly PositionReport[]): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + fixes.length * FIX_BYTES));
  view.setUint8(0, KIND.fixes);
  view.setUint32(1, seq);
  for (const [n, { at, headingDeg, speedMps, accuracyM, recordedAt }] of fixes.entries()) {
    const start = HEADER_BYTES + n * FIX_BYTES;
    view.setFloat64(start, Date.parse(recordedAt));
    view.setInt32(start + 8, Math.round(at.lat * DEGREE));
    view.setInt32(start + 12, Math.round(at.lng * DEGREE));
    view.setUint16(start + 16, orUnknown(headingDeg, CENTI));
    view.setUint16(start + 18, orUnknown(speedMps, CENTI));
    view.setUint16(start + 20, orUnknown(accuracyM, 1));
  }
  return view.buffer;
}

function readFix(view: DataView, start: number): PositionReport | null {
  const recordedMs = view.getFloat64(start);
  const lat = view.getInt32(start + 8) / DEGREE;
  const lng = view.getInt32(start + 12) / DEGREE;
  const headingDeg = orNull(view.getUint16(start + 16), CENTI);
  const speedMps = orNull(view.getUint16(start + 18), CENTI);
  const accuracyM = orNull(view.getUint16(start + 20), 1);
  const readable =
    Math.abs(recordedMs) <= LAST_MOMENT_MS &&
    Math.abs(lat) <= 90 &&
    Math.abs(lng) <= 180 &&
    (headingDeg ?? 0) <= 360 &&
    (speedMps ?? 0) <= 100 &&
    (accuracyM ?? 0) <= 10_000;
  if (!readable) return null;
  const recordedAt = new Date(recordedMs).toISOString();
  return { at: { lat, lng }, headingDeg, speedMps, accuracyM, recordedAt };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The frame, or null when it is none: wrong kind, no fix, half a fix, too many. */
export function decodeFixes(bytes: Uint8Array): FixFrame | null {
  const count = (bytes.byteLength - HEADER_BYTES) / FIX_BYTES;
  if (bytes[0] !== KIND.fixes || !Number.isInteger(count)) return null;
  if (count < 1 || count > MAX_FIXES_PER_FRAME) return null;
  const view = viewOf(bytes);
  const fixes = Array.from({ length: count }, (_, n) =>
    readFix(view, HEADER_BYTES + n * FIX_BYTES),
  );
  return { seq: view.getUint32(1), fixes };
}

type Outcomes = { seq: number; outcomes: readonly FixOutcome[] };

/** The answers to several frames in one. */
export function encodeOutcomes(answers: readonly Outcomes[]): Uint8Array {
  const size = answers.reduce((sum, { outcomes }) => sum + 6 + outcomes.length, 1);
  const bytes = new Uint8Array(size);
  const view = viewOf(bytes);
  bytes[0] = KIND.outcomes;
  let at = 1;
  for (const { seq, outcomes } of answers) {
    view.setUint32(at, seq);
    view.setUint16(at + 4, outcomes.length);
    for (const [n, outcome] of outcomes.entries()) bytes[at + 6 + n] = OUTCOMES.indexOf(outcome);
    at += 6 + outcomes.length;
  }
  return bytes;
}

export function encodeRefused(seq: number, reason: FrameRefusal, retryAfterMs: number): Uint8Array {
  const bytes = new Uint8Array(REFUSED_BYTES);
  const view = viewOf(bytes);
  view.setUint8(0, KIND.refused);
  view.setUint32(1, seq);
  view.setUint8(5, FRAME_REFUSALS.indexOf(reason));
  view.setUint32(6, Math.min(0xff_ff_ff_ff, Math.ceil(retryAfterMs)));
  return bytes;
}

/** What the server said, one entry for each frame that it answers; none for what is no answer. */
export function decodeAnswers(bytes: Uint8Array): FixAnswer[] {
  const view = viewOf(bytes);
  if (bytes[0] === KIND.refused && bytes.byteLength === REFUSED_BYTES) {
    const reason = FRAME_REFUSALS[view.getUint8(5)];
    if (!reason) return [];
    return [{ kind: 'refused', seq: view.getUint32(1), reason, retryAfterMs: view.getUint32(6) }];
  }
  if (bytes[0] !== KIND.outcomes) return [];
  const answers: FixAnswer[] = [];
  for (let at = 1; at + 6 <= bytes.byteLength; ) {
    const count = view.getUint16(at + 4);
    const codes = [...bytes.subarray(at + 6, at + 6 + count)];
    const outcomes = codes.flatMap((code) => OUTCOMES[code] ?? []);
    if (outcomes.length !== count) return answers;
    answers.push({ kind: 'outcomes', seq: view.getUint32(at), outcomes });
    at += 6 + count;
  }
  return answers;
}
