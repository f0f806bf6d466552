import type { Machine } from './machine';
import type { DestinationKind } from './relay/destination';

export const NOTICE_STATES = ['waiting', 'sent', 'dead', 'discarded'] as const;
export type NoticeStatus = (typeof NOTICE_STATES)[number];

/** A notice on its way out: given up on after so many tries, an admin says what becomes of it. */
export const noticeMachine: Machine<NoticeStatus, 'send' | 'give_up' | 'redrive' | 'discard'> = {
  name: 'notice',
  initial: 'waiting',
  steps: {
    waiting: { send: 'sent', give_up: 'dead' },
    sent: {},
    dead: { redrive: 'waiting', discard: 'discarded' },
    discarded: {},
  },
};

/** What the relay gave up on: it begins dead, and may be sent again by itself. */
export const relayLetterMachine: typeof noticeMachine = {
  ...noticeMachine,
  name: 'relay_letter',
  initial: 'dead',
};

/** Ways to people, whose notices can die. */
export type NoticeSink = 'email' | 'push' | 'sms';

/** What could not be delivered to the outside, the same for every way out. */
export type DeadLetter = {
  id: string;
  sink: NoticeSink | DestinationKind;
  /** The address, or the hosts behind it; null when there is none any more. */
  destination: string | null;
  /** Whom it is for: a person, or a destination of the relay. */
  recipient: string;
  /** What it tells, in the words of its sink. */
  about: string;
  /** Null: about no order, or one that the log forgot. */
  order: { id: string; number: number } | null;
  attempts: number;
  error: string | null;
  /** As it would be sent; null when the log does not keep the event any more. */
  payload: Readonly<Record<string, unknown>> | null;
  createdAt: string;
  diedAt: string;
};

/** Longest reason for discarding, characters. */
export const DISCARD_REASON_LENGTH = 200;
/** As many are redriven or discarded at once. */
export const LETTERS_AT_ONCE = 1_000;

/** What became of a command over several letters. */
export type LettersHandled = {
  done: number;
  /** Those that were not dead any more: somebody was quicker. */
  passed: { id: string; status: NoticeStatus; handledBy: string | null }[];
  /** Dead still. */
  left: number;
};
