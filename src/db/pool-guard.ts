import type postgres from 'postgres';
import type { Pool } from './pool';
import { DatabaseUnavailable, type Loss, lossOf, unavailability } from './unavailable';

/**
 * postgres.js has no deadline of its own: on a connection that is dead without having been closed, a query waits for ever. This counts
 * for each query or transaction how long it has been without an answer. One that is too late, or that
 * lost its connection, makes the pool suspect: it is left, and work goes on with a new one that has answered.
 */

/** Between two looks at most so much counts: an event loop that stood still is not held against the database. */
const LOOK_MS = 50;
const COUNTS_MS = 3 * LOOK_MS;
/** So long work waits for a database that is away before it is refused, milliseconds. */
const PATIENCE_MS = 500;
/** A new pool has so long for its first answer; others are tried meanwhile. */
const TRIAL_MS = 1_000;
const TRIAL_EVERY_MS = 200;
const MOST_TRIES = 3;

/** A statement of its own, which may only read, or a transaction by how far it has come. */
type Stage = 'reading' | 'single' | 'opening' | 'running' | 'committing';

const ignore = (): void => undefined;

export class Operation {
  stage: Stage = 'single';
  /** Set once its caller has been answered: whatever of it still goes on must not touch the database. */
  over = false;
  /** How one of a transaction's queries was lost; what else goes wrong within it is not the database's. */
  hit: Loss | null = null;
  fail: (reason: DatabaseUnavailable) => void = ignore;
  /** Told when all that is left is to wait for the commit. */
  committing: () => void = ignore;

  /** `waitedMs`: how long it has been without an answer, its earlier tries included. */
  constructor(public waitedMs: number) {}

  commits(): void {
    this.stage = 'committing';
    this.committing();
  }

  /** What became of it when no answer comes. */
  lost(cause?: unknown): DatabaseUnavailable {
    const sent = this.stage === 'single' || this.stage === 'committing';
    return new DatabaseUnavailable(sent ? 'unknown' : 'nothing', cause);
  }

  lossBehind(error: unknown): Loss | null {
    if (this.stage !== 'running') return lossOf(error);
    const closed = error instanceof Error && 'code' in error && error.code === 'CONNECTION_CLOSED';
    return this.hit ?? (closed ? 'cut' : null);
  }
}

type Working = {
  pool: Pool;
  operations: Set<Operation>;
  /** How many of them only wait for their commit. */
  committing: number;
  retired: boolean;
};
type Waiting = { leftMs: number; resolve: (working: Working) => void; reject: (e: Error) => void };

export type GuardOptions = {
  /** Of `max` and `committing` connections. */
  makePool: () => Pool;
  /**
   * So many are at work at once; what comes on top waits here, and is not late. None shares a connection: PgBouncer takes a session away
   * once one statement is answered, though half of the next may be there already, which is then never answered.
   */
  max: number;
  /** So many more may wait for their commit: the disk that they wait for is nobody's turn. */
  committing: number;
  deadlineMs: number;
  /** Told when the database is found to be away, and when it is back. */
  onChange?: ((up: boolean) => void) | undefined;
};

type Patience = { leftMs: number };

function timeLimit(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no answer in time')), milliseconds).unref();
  });
}

export class PoolGuard {
  #working: Working;
  #retired = new Set<Working>();
  #waiting: Waiting[] = [];
  #up = true;
  /** That the database is away has been said. */
  #told = false;
  #closed = false;
  #lookedAt = performance.now();
  #adopted: ((sql: postgres.Sql) => void)[] = [];
  readonly #clock: NodeJS.Timeout;

  constructor(private readonly options: GuardOptions) {
    this.#working = this.#open();
    this.#clock = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  get sql(): postgres.Sql {
    return this.#working.pool.sql;
  }

  /** Told of each pool that comes into use after this. */
  onPool(told: (sql: postgres.Sql) => void): () => void {
    this.#adopted.push(told);
    return () => {
      this.#adopted = this.#adopted.filter((one) => one !== told);
    };
  }

  /**
   * Runs work on the present pool. What can't have changed anything is tried again within the patience. Throws DatabaseUnavailable.
   */
  async run<T>(work: (sql: postgres.Sql, operation: Operation) => Promise<T>): Promise<T> {
    const patience: Patience = { leftMs: PATIENCE_MS };
    let spent = 0;
    for (let tries = 1; ; tries += 1) {
      const operation = new Operation(spent);
      const working = await this.#admit(operation, patience);
      try {
        return await this.#perform(working, operation, work);
      } catch (error) {
        const loss = unavailability(error) ? null : operation.lossBehind(error);
        if (!loss) throw error;
        if (loss === 'given_up') throw new DatabaseUnavailable('nothing', error);
        this.#suspect(working);
        spent = operation.waitedMs;
        const unsent = loss === 'unreached' && operation.stage === 'single';
        const harmless = unsent || operation.stage === 'reading' || operation.stage === 'opening';
        if (harmless && tries < MOST_TRIES) continue;
        throw harmless ? new DatabaseUnavailable('nothing', error) : operation.lost(error);
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#clock);
    for (const { reject } of this.#waiting.splice(0)) reject(new DatabaseUnavailable('nothing'));
    for (const { pool } of this.#retired) pool.leave();
    await this.#working.pool.sql.end({ timeout: 2 });
    this.#working.pool.leave();
  }

  #open(): Working {
    return {
      ...{ pool: this.options.makePool(), operations: new Set<Operation>() },
      ...{ committing: 0, retired: false },
    };
  }

  #admit(operation: Operation, patience: Patience): Working | Promise<Working> {
    if (this.#up && this.#waiting.length === 0 && this.#hasRoom()) return this.#take(operation);
    return new Promise<Working>((resolve, reject) => {
      const waiting: Waiting = {
        leftMs: patience.leftMs,
        resolve: () => {
          patience.leftMs = waiting.leftMs;
          resolve(this.#take(operation));
        },
        reject,
      };
      this.#waiting.push(waiting);
    });
  }

  #hasRoom(): boolean {
    const { max, committing: more } = this.options;
    const { operations, committing } = this.#working;
    return operations.size < max + more && operations.size - committing < max;
  }

  #take(operation: Operation): Working {
    this.#working.operations.add(operation);
    return this.#working;
  }

  #admitWaiting(): void {
    while (this.#up && this.#hasRoom()) {
      const next = this.#waiting.shift();
      if (!next) return;
      next.resolve(this.#working);
    }
  }

  async #perform<T>(
    working: Working,
    operation: Operation,
    work: (sql: postgres.Sql, operation: Operation) => Promise<T>,
  ): Promise<T> {
    operation.committing = () => {
      working.committing += 1;
      this.#admitWaiting();
    };
    try {
      return await new Promise<T>((resolve, reject) => {
        operation.fail = reject;
        work(working.pool.sql, operation).then(resolve, reject);
      });
    } finally {
      operation.over = true;
      working.operations.delete(operation);
      if (operation.stage === 'committing') working.committing -= 1;
      if (working.retired && working.operations.size === 0) this.#leave(working);
      this.#admitWaiting();
    }
  }

  #look(): void {
    const now = performance.now();
    const passedMs = Math.min(now - this.#lookedAt, COUNTS_MS);
    this.#lookedAt = now;
    for (const working of [this.#working, ...this.#retired]) {
      for (const operation of working.operations) {
        operation.waitedMs += passedMs;
        if (operation.waitedMs < this.options.deadlineMs || operation.over) continue;
        operation.over = true;
        operation.fail(operation.lost());
        this.#suspect(working);
      }
    }
    if (this.#up) return;
    for (const waiting of this.#waiting) waiting.leftMs -= passedMs;
    const [gone, patient] = [
      this.#waiting.filter(({ leftMs }) => leftMs <= 0),
      this.#waiting.filter(({ leftMs }) => leftMs > 0),
    ];
    this.#waiting = patient;
    for (const { reject } of gone) reject(new DatabaseUnavailable('nothing'));
  }

  /** Takes a pool out of use. What runs on it has its time; a connection that still answers may end it. */
  #suspect(working: Working): void {
    if (working.retired || this.#closed) return;
    working.retired = true;
    this.#retired.add(working);
    if (working.operations.size === 0) this.#leave(working);
    this.#up = false;
    void this.#replace();
  }

  #leave(working: Working): void {
    if (this.#retired.delete(working)) working.pool.leave();
  }

  /** Tries one pool after another, without waiting for those that are silent, until one has answered. */
  async #replace(): Promise<void> {
    const lost = this.#working;
    // A pool that is lost soon after has a row of trials of its own.
    const goesOn = () => !this.#up && !this.#closed && this.#working === lost;
    for (let tries = 1; goesOn(); tries += 1) {
      void this.#try();
      await new Promise((resolve) => setTimeout(resolve, TRIAL_EVERY_MS));
      if (tries > 1 || !goesOn()) continue;
      this.#told = true;
      this.options.onChange?.(false);
    }
  }

  async #try(): Promise<void> {
    const fresh = this.#open();
    const answered = await Promise.race([fresh.pool.sql`SELECT 1`, timeLimit(TRIAL_MS)]).then(
      () => true,
      () => false,
    );
    if (!answered || this.#up || this.#closed) {
      fresh.pool.leave();
      return;
    }
    this.#working = fresh;
    this.#up = true;
    for (const adopt of this.#adopted) adopt(fresh.pool.sql);
    if (this.#told) this.options.onChange?.(true);
    this.#told = false;
    this.#admitWaiting();
  }
}
