import { setTimeout as wait } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/postgres-js';
import { type Connection, connect, type Database } from '@/db/client';
import { prepared } from '@/db/prepared';
import { ensured } from '@/domain/errors';

/** With these a server writes the log that a `ServerClock` reads. */
export const CLOCK_SETTINGS = [
  'logging_collector=on',
  'log_rotation_size=0',
  'log_line_prefix=%p ',
];

/** A step of a statement; `execute` or `statement` is its last. */
const STEP = /^(\d+) LOG: {2}duration: ([\d.]+) ms {2}(parse|bind|execute|statement)\b/gm;
const POLL_MS = 20;

/** Milliseconds of each statement that a session had logged, the first first. */
export function statementTimes(log: string, pid: number): number[] {
  const times: number[] = [];
  let steps = 0;
  for (const [, session, ms, step] of log.matchAll(STEP)) {
    if (Number(session) !== pid) continue;
    steps += Number(ms);
    if (step === 'parse' || step === 'bind') continue;
    times.push(steps);
    steps = 0;
  }
  return times;
}

/**
 * What statements take by the clock of the server, from its log: reading their parameters, planning where that is
 * needed, running. A caller waits besides for the way there and back, for its own work, and for a processor that
 * is busy otherwise.
 */
export class ServerClock {
  readonly db: Database;
  #sent = 0;
  #laps: { from: number; to: number }[] = [];
  #began = { file: '', bytes: 0, pid: 0 };

  constructor(private readonly own: Connection) {
    const logQuery = () => {
      this.#sent += 1;
    };
    this.db = drizzle({ client: prepared(own.sql), logger: { logQuery } });
  }

  /** On a session of its own. */
  static open(url: string): ServerClock {
    return new ServerClock(connect(url, { max: 1 }));
  }

  close(): Promise<void> {
    return this.own.close();
  }

  /** Fails where the server does not write such a log. */
  async start(): Promise<void> {
    for (const setting of CLOCK_SETTINGS) {
      const [name = '', wanted] = setting.split('=');
      const [row] = await this.own.sql<{ is: string }[]>`SELECT current_setting(${name}) AS is`;
      if (row?.is !== wanted) throw new Error(`the server needs ${CLOCK_SETTINGS.join(', ')}`);
    }
    this.#began = await this.#end();
    this.#sent = 0;
    this.#laps = [];
    await this.own.sql.unsafe(
      'SET log_parameter_max_length = 0; SET log_min_duration_statement = 0',
    );
  }

  /** Statements that `work` sends belong together. */
  async lap<T>(work: () => Promise<T>): Promise<T> {
    const from = this.#sent;
    const answer = await work();
    this.#laps.push({ from, to: this.#sent });
    return answer;
  }

  /** Milliseconds of each lap since the start. */
  async stop(): Promise<number[]> {
    const { file, bytes, pid } = this.#began;
    await this.own.sql.unsafe('RESET log_min_duration_statement');
    // The command that switched it on was the first to be timed.
    const wanted = this.#sent + 1;
    for (;;) {
      const { bytes: until } = await this.#end();
      const [row] = await this.own.sql<{ log: string }[]>`
        SELECT pg_read_file(${file}, ${bytes}::bigint, ${until - bytes}::bigint) AS log`;
      const [, ...times] = statementTimes(ensured(row, 'the log').log, pid);
      if (times.length + 1 >= wanted) {
        return this.#laps.map(({ from, to }) =>
          times.slice(from, to).reduce((sum, ms) => sum + ms, 0),
        );
      }
      await wait(POLL_MS);
    }
  }

  async #end() {
    const [row] = await this.own.sql<{ file: string; bytes: number; pid: number }[]>`
      SELECT pg_current_logfile() AS file, pg_backend_pid() AS pid,
        (pg_stat_file(pg_current_logfile())).size::float8 AS bytes`;
    return ensured(row, 'the end of the log');
  }
}
