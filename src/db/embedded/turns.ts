import { readAnswer } from './answer';
import { type Backend, BackendDied } from './backend';
import type { Client } from './client';
import { parseStatement, sync, type TransactionStatus } from './protocol';
import { SessionSettings } from './session-settings';
import type { Unit } from './units';

// Sync alone would commit what the batch did so far: an error before it rolls that back.
const abandonBatch = Buffer.concat([parseStatement('', 'client gone'), sync]);

export type TurnsOptions = {
  /** How long a client may keep the backend to itself without giving it work, in milliseconds. */
  idleInTransactionMs: number;
  died(error: BackendDied): void;
};

/**
 * Serves the clients on the one backend, a unit at a time, first come first served. A client that
 * is inside a transaction or a batch keeps the backend until it is out.
 */
export class Turns {
  readonly #backend: Backend;
  readonly #options: TurnsOptions;
  readonly #waiting = new Set<Client>();
  readonly #jobs: ((backend: Backend) => void)[] = [];
  readonly #settings = new SessionSettings();
  #pinned: Client | null = null;
  #status: TransactionStatus = 'I';
  #midBatch = false;
  /** The open batch has failed: like a server, the backend skips all up to the next Sync. */
  #skipping = false;
  #scheduled = false;
  #dead = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(backend: Backend, options: TurnsOptions) {
    this.#backend = backend;
    this.#options = options;
  }

  enroll(client: Client): void {
    this.#waiting.add(client);
    this.#schedule();
  }

  /** Runs work on the backend as soon as no client is inside a transaction or a batch. */
  between(job: (backend: Backend) => void): void {
    this.#jobs.push(job);
    this.#schedule();
  }

  /** Ends what the client left open, before anyone else is served. */
  leave(client: Client): void {
    this.#waiting.delete(client);
    if (this.#pinned === client) {
      const [midBatch, status] = [this.#midBatch, this.#status];
      this.#attempt((backend) => {
        if (midBatch) backend.run(abandonBatch);
        if (status !== 'I' || midBatch) backend.sql('rollback');
      });
      this.#release();
    }
    const prepared = client.units.names.closeAll();
    this.#jobs.unshift((backend) => {
      this.#settings.leave(client, backend);
      if (prepared.length > 0) backend.run(Buffer.concat([...prepared, sync]));
    });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#dead) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  #turn(): void {
    const job = this.#pinned ? undefined : this.#jobs.shift();
    if (job) {
      this.#attempt(job);
      this.#schedule();
      return;
    }
    const client = this.#pinned ?? first(this.#waiting);
    if (!client || this.#dead) return;
    this.#waiting.delete(client);
    const unit = client.takeUnit();
    if (unit) {
      this.#serve(client, unit);
      this.#waiting.add(client);
    }
    const next = this.#pinned ? this.#waiting.has(this.#pinned) : this.#waiting.size > 0;
    if (next) this.#schedule();
  }

  #serve(client: Client, unit: Unit): void {
    if (this.#skipping && unit.end !== 'sync') return;
    clearTimeout(this.#idle);
    const raw = this.#attempt((backend) => {
      if (!this.#pinned) this.#settings.enter(client, backend);
      this.#settings.note(client, unit);
      return backend.run(Buffer.concat(unit.frames));
    });
    if (!raw) {
      client.terminate('57P02', 'the embedded database stopped');
      return;
    }
    const { output, status, failed } = readAnswer(raw, unit);
    this.#status = status ?? this.#status;
    this.#midBatch = unit.end === 'open' || !status;
    this.#skipping = unit.end === 'open' && failed;
    client.send(output);
    if (!this.#midBatch && this.#status === 'I') {
      this.#release();
      return;
    }
    this.#pinned = client;
    this.#idle = setTimeout(() => {
      client.terminate('25P03', 'terminating connection due to idle-in-transaction timeout');
    }, this.#options.idleInTransactionMs);
  }

  #release(): void {
    clearTimeout(this.#idle);
    this.#pinned = null;
    this.#status = 'I';
    this.#midBatch = false;
    this.#skipping = false;
  }

  #attempt<T>(work: (backend: Backend) => T): T | null {
    if (this.#dead) return null;
    try {
      return work(this.#backend);
    } catch (error) {
      if (!(error instanceof BackendDied)) throw error;
      this.#dead = true;
      this.#options.died(error);
      return null;
    }
  }
}

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}
