import postgres from 'postgres';

/**
 * The database has not answered. `nothing`: what was asked has not been done, and will not be. `unknown`:
 * the answer to a commit, or to a statement of its own, was lost: it may have been done.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor(
    readonly done: 'nothing' | 'unknown',
    cause?: unknown,
  ) {
    super('the database does not answer', { cause });
  }
}

/** What is behind an error, the error itself first. */
function* causesOf(error: unknown): Generator<Error> {
  for (let at = error; at instanceof Error; at = at.cause) yield at;
}

/** The unavailability behind an error, or null when it is another. */
export function unavailability(error: unknown): DatabaseUnavailable | null {
  for (const at of causesOf(error)) if (at instanceof DatabaseUnavailable) return at;
  return null;
}

/** No connection came about, so that nothing can have been sent: of the network, of postgres.js. */
const UNREACHED = new Set([
  ...[
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ENOENT',
  ],
  'CONNECT_TIMEOUT',
]);
/** A connection ended in the midst of it. */
const CUT = new Set([
  ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'],
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED'],
]);
/** The server starts, stops or recovers; or it has all the connections that it takes. */
const NOT_NOW = new Set(['57P03', '53300']);
/** The server ended the session: on demand, by a crash, or because it idled in a transaction. */
const ENDED = new Set(['57P01', '57P02', '57P05', '25P03', '25P04', '08003', '08006']);
/** The server gave up on a statement, which took too long or for which it has no room: that session is well. */
const TOO_LONG = '57014';
/** Its disk is full, its memory used up, or its disk fails. */
const NO_ROOM = new Set(['53100', '53200', '58030']);

export type Loss = 'unreached' | 'cut' | 'given_up';

/** How a query was lost, if it was not answered; null for an answer, be it a refusal. */
export function lossOf(error: unknown): Loss | null {
  for (const at of causesOf(error)) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (at instanceof postgres.PostgresError) {
      if (code === TOO_LONG || NO_ROOM.has(code)) return 'given_up';
      if (NOT_NOW.has(code)) return 'unreached';
      if (ENDED.has(code)) return 'cut';
    } else {
      if (UNREACHED.has(code)) return 'unreached';
      if (CUT.has(code)) return 'cut';
    }
  }
  return null;
}

/** Whether the server lacks room on its disk or in its memory: that does not pass by itself, somebody has to act. */
export function lacksRoom(error: unknown): boolean {
  for (const at of causesOf(error)) {
    if (at instanceof postgres.PostgresError && NO_ROOM.has(at.code)) return true;
  }
  return false;
}
