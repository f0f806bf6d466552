import type { WebSocket } from 'ws';
import type { ApiDeps } from '@/api/context';
import { serviceContext } from '@/api/init';
import type { Credentials, Session } from '@/auth/session';
import { Refusal } from '@/domain/errors';
import {
  decodeFixes,
  encodeOutcomes,
  encodeRefused,
  type FixFrame,
  type FixOutcome,
  type FrameRefusal,
  isFrameRefusal,
} from '@/domain/fix-frame';
import { POSITION_LIMITS, type PositionLimits } from '@/domain/position-limits';
import {
  type Bucket,
  type BucketRule,
  fullBucket,
  msUntilTokens,
  takeToken,
} from '@/domain/token-bucket';
import { reportPositions } from '@/services/report-positions';

/**
 * Binary frames on the sockets of the live gateway: positions of drivers, in the layout of
 * `domain/fix-frame`. Text frames are tRPC's and never come here.
 */

/** Frames that are refused for their form or their number; above this the socket is closed. */
const NUISANCES: BucketRule = { burst: 20, perSecond: 0.2 };
const TOO_MANY = 4_429;
/** Frames of one socket that wait for the one before. */
const WAITING = 32;
/** When a frame may be sent again after a failure on our side, milliseconds. */
const RETRY_MS = 2_000;

type Connection = {
  credentials: Credentials;
  frames: Bucket;
  fixes: Bucket;
  nuisances: Bucket;
  /** Frames of a socket are judged one after another, in the order in which they came. */
  last: Promise<void>;
  waiting: number;
};

type Outcomes = { seq: number; outcomes: FixOutcome[] };

export class PositionFrames {
  /** Whose positions come over a socket, and how it has behaved once one has come: most never send any. */
  readonly #credentials = new WeakMap<WebSocket, Credentials>();
  readonly #connections = new WeakMap<WebSocket, Connection>();
  /** Answers that wait until what they answer is in the database. */
  #unsent: { written: Promise<void>; answers: Map<WebSocket, Outcomes[]> } | null = null;

  constructor(
    private readonly deps: ApiDeps,
    /** Whose socket it is now; null: nobody's any more. */
    private readonly sessionOf: (
      socket: WebSocket,
      credentials: Credentials,
    ) => Promise<Session | null>,
    private readonly limits: PositionLimits = POSITION_LIMITS,
  ) {}

  /** Whose positions come over this socket, once it has said so. */
  open(socket: WebSocket, credentials: Credentials): void {
    this.#credentials.set(socket, credentials);
  }

  take(socket: WebSocket, bytes: Uint8Array): void {
    const connection = this.#connectionOf(socket);
    const frame = decodeFixes(bytes);
    if (!connection) {
      this.#send(socket, encodeRefused(0, 'sign_in_required', 0));
      return;
    }
    if (!frame) {
      this.#nuisance(socket, connection, 0, 'bad_frame', 0);
      return;
    }
    const waitMs = this.#overLimit(connection, frame.fixes.length);
    if (waitMs > 0) {
      this.#nuisance(socket, connection, frame.seq, 'too_many_positions', waitMs);
      return;
    }
    connection.waiting += 1;
    connection.last = connection.last.then(async () => {
      await this.#judge(socket, connection, frame);
      connection.waiting -= 1;
    });
  }

  #connectionOf(socket: WebSocket): Connection | null {
    const known = this.#connections.get(socket);
    if (known) return known;
    const credentials = this.#credentials.get(socket);
    if (!credentials) return null;
    const nowMs = this.deps.now().getTime();
    const connection = {
      credentials,
      frames: fullBucket(this.limits.frames, nowMs),
      fixes: fullBucket(this.limits.fixes, nowMs),
      nuisances: fullBucket(NUISANCES, nowMs),
      last: Promise.resolve(),
      waiting: 0,
    };
    this.#connections.set(socket, connection);
    return connection;
  }

  /** 0 when the frame is within the limits, which it then has used; else how long to wait. */
  #overLimit(connection: Connection, count: number): number {
    const { frames: frameRule, fixes: fixRule } = this.limits;
    const nowMs = this.deps.now().getTime();
    if (connection.waiting >= WAITING) return RETRY_MS;
    const frames = takeToken(connection.frames, frameRule, nowMs);
    const fixes = takeToken(connection.fixes, fixRule, nowMs, count);
    if (!frames || !fixes) {
      const { frames: held, fixes: heldFixes } = connection;
      const untilFrame = msUntilTokens(held, frameRule, nowMs);
      return Math.max(1, untilFrame, msUntilTokens(heldFixes, fixRule, nowMs, count));
    }
    Object.assign(connection, { frames, fixes });
    return 0;
  }

  async #judge(socket: WebSocket, connection: Connection, { seq, fixes }: FixFrame): Promise<void> {
    try {
      const session = await this.sessionOf(socket, connection.credentials);
      const outcomes = await reportPositions(serviceContext(this.deps, session), fixes);
      const taken = outcomes.includes('live') || outcomes.includes('history');
      if (taken) this.#answerWhenWritten(socket, { seq, outcomes });
      else this.#send(socket, encodeOutcomes([{ seq, outcomes }]));
    } catch (error) {
      if (error instanceof Refusal && isFrameRefusal(error.reason)) {
        this.#nuisance(socket, connection, seq, error.reason, 0);
      } else {
        this.deps.onError(error, 'positions');
        this.#send(socket, encodeRefused(seq, 'unavailable', RETRY_MS));
      }
    }
  }

  #answerWhenWritten(socket: WebSocket, answer: Outcomes): void {
    const written = this.deps.positions.written();
    if (this.#unsent?.written !== written) {
      const answers = new Map<WebSocket, Outcomes[]>();
      this.#unsent = { written, answers };
      void written.then(() => {
        for (const [to, all] of answers) this.#send(to, encodeOutcomes(all));
      });
    }
    const { answers } = this.#unsent;
    const waiting = answers.get(socket);
    if (waiting) waiting.push(answer);
    else answers.set(socket, [answer]);
  }

  /** Refuses a frame; who goes on like that is shown the door. */
  #nuisance(
    socket: WebSocket,
    connection: Connection,
    seq: number,
    reason: FrameRefusal,
    retryAfterMs: number,
  ): void {
    this.#send(socket, encodeRefused(seq, reason, retryAfterMs));
    const left = takeToken(connection.nuisances, NUISANCES, this.deps.now().getTime());
    if (left) connection.nuisances = left;
    else socket.close(TOO_MANY, 'too many frames that are refused');
  }

  #send(socket: WebSocket, bytes: Uint8Array): void {
    if (socket.readyState === socket.OPEN) socket.send(bytes);
  }
}
