import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '@/db/client';
import { availableDrivers } from '@/db/queries/available-drivers';
import { type PositionRow, upsertPositions } from '@/db/queries/drivers';
import { destinationPoint } from '@/domain/geo';
import { seededRandom } from '@/domain/random';

/** Moves drivers in the database, as the position feed writes them: a batch every 200 ms. For `bench:knn`. */
const [url = '', perSecond = '2000'] = process.argv.slice(2);
const BATCH_MS = 200;
const STEP_M = 30;
const random = seededRandom(11);

const { db } = connect(url, { max: 1 });
const drivers = await availableDrivers(db);
const batchSize = (Number(perSecond) * BATCH_MS) / 1_000;
let moved = 0;
let stopped = false;
process.on('message', () => {
  stopped = true;
});

const startedAt = performance.now();
for (let batch = 1; !stopped; batch += 1) {
  const rows = new Map<string, PositionRow>();
  while (rows.size < batchSize) {
    const driver = drivers[Math.floor(random() * drivers.length)];
    if (!driver) continue;
    driver.at = destinationPoint(driver.at, random() * 360, STEP_M);
    rows.set(driver.driverId, {
      ...{ driverId: driver.driverId, at: driver.at, recordedAt: new Date().toISOString() },
      ...{ headingDeg: null, speedMps: null, accuracyM: 5 },
    });
  }
  await upsertPositions(db, [...rows.values()], [...rows.values()]);
  moved += rows.size;
  if (batch === 1) process.send?.('moving');
  await wait(Math.max(0, startedAt + batch * BATCH_MS - performance.now()));
}
process.send?.({ moved, seconds: (performance.now() - startedAt) / 1_000 }, () => process.exit(0));
