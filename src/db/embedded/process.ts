import { parseArgs } from 'node:util';
import type { PGlite } from '@electric-sql/pglite';
import { takeOverBackend } from './backend';
import { openCluster } from './cluster';
import { startFront } from './front';
import { assertFree, takeLock } from './lock';
import { keepTidy } from './maintenance';
import { DATABASE, type FromProcess, ROLE, ToProcess } from './messages';

/** What libpq and others expect to be told at sign-in. */
const REPORTED = [
  'server_version',
  'server_encoding',
  'client_encoding',
  'DateStyle',
  'IntervalStyle',
  'TimeZone',
  'integer_datetimes',
  'standard_conforming_strings',
  'is_superuser',
  'session_authorization',
  'default_transaction_read_only',
  'in_hot_standby',
];

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: '' },
    port: { type: 'string', default: '0' },
    'idle-in-transaction-ms': { type: 'string', default: '60000' },
  },
});

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function tellParent(message: FromProcess, then: () => void): void {
  if (process.connected && process.send) process.send(message, then);
  else then();
}

function fail(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause ? ` (${String(error.cause)})` : '';
  process.stderr.write(`embedded database: ${text}${cause}\n`);
  tellParent({ type: 'failed', message: text }, () => process.exit(1));
}

async function run(password: string): Promise<void> {
  const dataDir = values['data-dir'];
  await assertFree(dataDir);
  const front = await startFront({
    port: Number(values.port),
    user: ROLE,
    database: DATABASE,
    password,
    idleInTransactionMs: Number(values['idle-in-transaction-ms']),
    died: fail,
  });
  const release = await takeLock(dataDir, front.port);
  const pg = await openCluster(dataDir, log);
  const parameters = await reportedParameters(pg);
  const backend = takeOverBackend(pg);
  front.open(backend, parameters);
  const stopTidying = keepTidy(front);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    stopTidying();
    await front.close();
    backend.sql('checkpoint');
    await pg.close();
    await release();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.on(signal, () => void stop().catch(fail));
  }
  if (!process.connected) return stop();
  tellParent({ type: 'ready', port: front.port }, () => {});
}

async function reportedParameters(pg: PGlite): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pg.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any ($1)',
    [REPORTED],
  );
  return new Map(rows.map(({ name, setting }) => [name, setting]));
}

process.once('disconnect', () => process.exit(0));
process.once('message', (message) => {
  process.removeAllListeners('disconnect');
  run(ToProcess.parse(message).password).catch(fail);
});
