import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '@/db/client';
import { webhookSender } from '@/relay/webhook';
import { RelayPool, runRelayRound } from '@/services/run-relay-round';
import { contextOf } from '@/services/testing';

/** A relay of its own: `node --import tsx relay-process.testing.ts <database url>`. */
const [url = ''] = process.argv.slice(2);
const { db } = connect(url, { max: 4 });
const sinks = { webhooks: webhookSender({ allowPrivate: true, httpsOnly: false }), brokers: {} };
const pool = new RelayPool({
  onError: (error) => {
    throw error;
  },
});
const ROUND_MS = 20;

process.stdout.write('ready\n');
for (;;) {
  await runRelayRound(contextOf(db, 'relay'), sinks, pool, { leaseSeconds: 2, deadlineMs: 1_000 });
  await wait(ROUND_MS);
}
