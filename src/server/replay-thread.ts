import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '@/db/client';
import { ensured } from '@/domain/errors';
import type { PreviewStep } from '@/domain/replay/preview';
import { replayZone } from '@/services/replay-zone';
import type { ReplayOrder } from './replay-threads';

/** The body of a thread that runs one preview, see `replay-threads`. */

const LEAST_URGENT = 19;

// What was handed over by `replay-threads`.
const { databaseUrl, pooled, job } = workerData as ReplayOrder;
const port = ensured(parentPort, 'a thread of its own');
const tell = (step: PreviewStep) => port.postMessage(step);

// On Linux this is the thread's alone; elsewhere it would be the server's.
if (process.platform === 'linux') setPriority(LEAST_URGENT);

const { db, close } = connect(databaseUrl, { max: 1, pooled });
try {
  tell({ kind: 'running', share: 0 });
  tell(await replayZone(db, job, (share) => tell({ kind: 'running', share })));
} finally {
  await close();
}
