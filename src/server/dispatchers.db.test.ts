import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { stillHolds, takeZone } from '@/db/queries/leases';
import { pendingOffers } from '@/db/queries/orders';
import { zoneLeases } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { deliveryIs } from '@/services/journey.testing';
import { runDispatchRound, stopDispatching } from '@/services/run-dispatch-round';
import { contextOf, placeTestOrder } from '@/services/testing';

const database = testDatabase();
const db = () => database.connection.db;
const [A, B] = [randomUUID(), randomUUID()];

const SCRIPT = fileURLToPath(new URL('./dispatcher.testing.ts', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A dispatcher in a process of its own; resolves once it runs, with who it is. */
async function startDispatcher() {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const holder = ensured(/holder (\S+)/.exec(String(said))?.[1], 'a holder');
  return { child, holder };
}

const holderOf = async (zoneId: string): Promise<string | null> => {
  const [row] = await db().select().from(zoneLeases).where(eq(zoneLeases.zoneId, zoneId));
  return row?.holder ?? null;
};

const townWithDrivers = async (count: number) => {
  const town = await makeTown(db(), { autoAccept: true });
  const crew = await Promise.all(
    Array.from({ length: count }, (_, n) => makeDriver(db(), town, { name: `Driver ${n}` })),
  );
  const offered = async () =>
    (await Promise.all(crew.map((driver) => pendingOffers(db(), driver.userId)))).flat().length;
  return { town, offered };
};

describe('a zone is served by one dispatcher at a time', () => {
  it('nobody else takes it while it is served, anybody when it is left', async () => {
    const { zoneId } = await makeTown(db());
    expect(await takeZone(db(), zoneId, A, 60)).toBe(true);
    expect(await takeZone(db(), zoneId, B, 60)).toBe(false);
    expect(await takeZone(db(), zoneId, A, 60)).toBe(true);
    expect([await stillHolds(db(), zoneId, A), await stillHolds(db(), zoneId, B)]).toEqual([
      true,
      false,
    ]);
    await stopDispatching(contextOf(db(), 'dispatch'), A);
    expect(await takeZone(db(), zoneId, B, 60)).toBe(true);
  });

  it('of 20 who want it at once, one gets it', async () => {
    const { zoneId } = await makeTown(db());
    const holders = Array.from({ length: 20 }, () => randomUUID());
    const taken = await Promise.all(holders.map((holder) => takeZone(db(), zoneId, holder, 60)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('the others leave its work alone, and look again when the lease may be over', async () => {
    const { town, offered } = await townWithDrivers(1);
    await takeZone(db(), town.zoneId, A, 60);
    await placeTestOrder(db(), town);
    const { nextDueAt } = await runDispatchRound(contextOf(db(), 'dispatch'), { holder: B });
    expect(await offered()).toBe(0);
    const inMs = ensured(nextDueAt, 'a time to look again').getTime() - Date.now();
    expect(inMs).toBeGreaterThan(50_000);
    expect(inMs).toBeLessThanOrEqual(60_000);
    await runDispatchRound(contextOf(db(), 'dispatch'), { holder: A });
    expect(await offered()).toBe(1);
  });

  it.each(['nearest', 'batch'] as const)(
    'who loses the zone in the middle of a round of %s writes nothing any more',
    async (kind) => {
      const town = await makeTown(db(), {
        ...{ autoAccept: true, prepMinutes: 0, policy: { kind, bundleSize: 1 } as never },
      });
      const crew = await Promise.all(
        ['Ana', 'Ben'].map((name) => makeDriver(db(), town, { name })),
      );
      const placed = [await placeTestOrder(db(), town), await placeTestOrder(db(), town)];
      let looks = 0;
      // Another dispatcher takes over between the first search and the second.
      const ctx = contextOf(db(), 'dispatch', {
        committed: () => {
          looks += 1;
        },
      });
      await db()
        .insert(zoneLeases)
        .values({ zoneId: town.zoneId, holder: A, until: new Date(Date.now() + 60_000) });
      const stolen = { ...ctx, db: stealing(town.zoneId) };
      await runDispatchRound(stolen, { holder: A });
      expect(looks).toBeGreaterThan(0);
      const pending = await Promise.all(crew.map((driver) => pendingOffers(db(), driver.userId)));
      expect(pending.flat()).toEqual([]);
      for (const orderId of placed) {
        expect((await deliveryIs(db(), orderId)).nextAttemptAt).not.toBeNull();
      }
      await db()
        .update(zoneLeases)
        .set({ until: new Date(0) });
      await runDispatchRound(contextOf(db(), 'dispatch'), { holder: B });
      await runDispatchRound(contextOf(db(), 'dispatch'), { holder: B });
      const after = await Promise.all(crew.map((driver) => pendingOffers(db(), driver.userId)));
      expect(after.flat()).toHaveLength(2);
    },
  );
});

/** The database, where another dispatcher takes the zone just before the first write. */
function stealing(zoneId: string): ReturnType<typeof db> {
  const steal = () =>
    db()
      .update(zoneLeases)
      .set({ holder: B, until: new Date(Date.now() + 60_000) })
      .where(eq(zoneLeases.zoneId, zoneId));
  return new Proxy(db(), {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (name !== 'transaction') return value;
      return async (...args: Parameters<typeof target.transaction>) => {
        await steal();
        return target.transaction(...args);
      };
    },
  });
}

describe.runIf(process.platform !== 'win32')('a dispatcher that is killed', () => {
  it('is followed by another one: the next offer is out within 5 s', {
    timeout: 60_000,
  }, async () => {
    if (!database.real) return;
    const { town, offered } = await townWithDrivers(2);
    const dispatchers = [await startDispatcher(), await startDispatcher()];
    await placeTestOrder(db(), town);
    await expect.poll(offered, { timeout: 20_000 }).toBe(1);
    const served = await holderOf(town.zoneId);
    const victim = ensured(
      dispatchers.find(({ holder }) => holder === served),
      'the dispatcher of this zone',
    );
    victim.child.kill('SIGKILL');
    const killedAt = performance.now();
    await placeTestOrder(db(), town);
    await expect.poll(offered, { timeout: 20_000, interval: 20 }).toBe(2);
    const tookMs = performance.now() - killedAt;
    expect(tookMs).toBeLessThan(5_000);
    expect(await holderOf(town.zoneId)).not.toBe(served);
    console.log(`  the next offer was out ${Math.round(tookMs)} ms after kill -9`);
  });
});
