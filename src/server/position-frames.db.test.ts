import { once } from 'node:events';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { findPosition } from '@/db/queries/drivers';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { decodeAnswers, encodeFixes, type FixAnswer } from '@/domain/fix-frame';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import type { Viewer } from '@/domain/roles';
import { startServer, TRPC_PATH, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

const fix = (at: GeoPoint, secondsAgo = 0) => ({
  at,
  headingDeg: 90,
  speedMps: 5,
  accuracyM: 8,
  recordedAt: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
});

/** A device: a socket with a person's session, and what it was answered, one by one. */
async function device(url: string, viewer: Viewer | null) {
  const cookie = viewer ? `next-auth.session-token=${await tokenOf(db(), viewer)}` : '';
  const socket = new WebSocket(`${url.replace('http', 'ws')}${TRPC_PATH}`, { headers: { cookie } });
  const answers: FixAnswer[] = [];
  const texts: string[] = [];
  let told: () => void = () => undefined;
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) answers.push(...decodeAnswers(data));
    else texts.push(String(data));
    told();
  });
  const firstOf = async <T>(list: T[]): Promise<T> => {
    for (;;) {
      const first = list.shift();
      if (first !== undefined) return first;
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
  };
  await once(socket, 'open');
  return {
    socket,
    answer: () => firstOf(answers),
    text: () => firstOf(texts),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

async function townWithDriver(options: { online?: boolean } = {}) {
  const town = await makeTown(db());
  const driver = await makeDriver(db(), town, { meters: 300, ...options });
  return { town, driver, place: (meters: number) => destinationPoint(town.centre, 0, meters) };
}

const crumbsOf = async (driver: Viewer) => {
  const rows = await db().execute<{ at: string }>(
    sql`SELECT recorded_at AS at FROM breadcrumbs WHERE driver_id = ${driver.userId} ORDER BY 1`,
  );
  return rows.map(({ at }) => new Date(at).toISOString());
};

describe('positions on the socket of a driver', () => {
  it('are answered once they are in the database, latest and history', async () => {
    await using server = await startServer(database);
    const { driver, place } = await townWithDriver();
    await db().execute(sql`UPDATE driver_positions SET recorded_at = now() - interval '1 hour'
      WHERE driver_id = ${driver.userId}`);
    using phone = await device(server.url, driver);
    const kept = [fix(place(310), 1_200), fix(place(320), 600), fix(place(340))];
    phone.socket.send(encodeFixes(7, kept));
    expect(await phone.answer()).toEqual({
      kind: 'outcomes',
      seq: 7,
      outcomes: ['history', 'history', 'live'],
    });
    expect((await findPosition(db(), driver.userId))?.at.lat).toBeCloseTo(place(340).lat, 6);
    expect(await crumbsOf(driver)).toEqual(kept.map(({ recordedAt }) => recordedAt));
  });

  it('leave the calls of tRPC on the same socket alone', async () => {
    await using server = await startServer(database);
    const { driver, place } = await townWithDriver();
    using phone = await device(server.url, driver);
    const call = (id: number) =>
      JSON.stringify({ id, method: 'query', params: { path: 'auth.me' } });
    phone.socket.send(call(1));
    phone.socket.send(encodeFixes(1, [fix(place(330))]));
    phone.socket.send(call(2));
    expect(await phone.answer()).toMatchObject({ seq: 1, outcomes: ['live'] });
    for (const id of [1, 2]) {
      expect(JSON.parse(await phone.text())).toMatchObject({ id, result: { data: driver } });
    }
  });

  it('are refused with a reason: off duty, not a driver, not signed in', async () => {
    await using server = await startServer(database);
    const { town, driver, place } = await townWithDriver({ online: false });
    for (const [viewer, reason] of [
      [driver, 'off_duty'],
      [town.customer, 'role_not_allowed'],
      [null, 'sign_in_required'],
    ] as const) {
      using phone = await device(server.url, viewer);
      phone.socket.send(encodeFixes(5, [fix(place(300))]));
      expect(await phone.answer()).toMatchObject({ kind: 'refused', seq: 5, reason });
    }
    expect(server.errors).toEqual([]);
  });

  it('from the future, the past and another continent are dropped, each with its reason', async () => {
    await using server = await startServer(database);
    const { town, driver, place } = await townWithDriver();
    using phone = await device(server.url, driver);
    const elsewhere = { lat: -town.centre.lat, lng: town.centre.lng > 0 ? -90 : 90 };
    phone.socket.send(
      encodeFixes(1, [fix(place(300), -60), fix(place(300), 90_000), fix(elsewhere)]),
    );
    expect(await phone.answer()).toMatchObject({
      outcomes: ['position_from_future', 'position_stale', 'position_elsewhere'],
    });
    expect(await crumbsOf(driver)).toEqual([]);
  });

  it('above the limit are refused, and told when to come again', async () => {
    await using server = await startServer(database);
    const { driver, place } = await townWithDriver();
    using phone = await device(server.url, driver);
    const many = Array.from({ length: 250 }, (_, n) => fix(place(300), 250 - n));
    for (let seq = 1; seq <= 7; seq += 1) phone.socket.send(encodeFixes(seq, many));
    // Refusals do not wait for the database.
    const first = await phone.answer();
    expect(first).toMatchObject({ kind: 'refused', seq: 7, reason: 'too_many_positions' });
    expect(first.kind === 'refused' && first.retryAfterMs).toBeGreaterThan(1_000);
  });
});

describe('binary frames that are none of ours', () => {
  it('are refused, and close the socket of who goes on; the server lives on', async () => {
    await using server = await startServer(database);
    const { driver, place } = await townWithDriver();
    using nuisance = await device(server.url, driver);
    nuisance.socket.send(Buffer.from('nonsense'));
    expect(await nuisance.answer()).toMatchObject({ kind: 'refused', seq: 0, reason: 'bad_frame' });
    const closed = once(nuisance.socket, 'close');
    for (let n = 0; n < 30; n += 1) nuisance.socket.send(Buffer.alloc(n));
    expect((await closed)[0]).toBe(4_429);
    using phone = await device(server.url, driver);
    phone.socket.send(encodeFixes(1, [fix(place(310))]));
    expect(await phone.answer()).toMatchObject({ outcomes: ['live'] });
    expect(server.errors).toEqual([]);
  });

  it('that come before the session is told are refused, and tRPC still gets its parameters', async () => {
    await using server = await startServer(database);
    const { driver } = await townWithDriver();
    const socket = new WebSocket(
      `${server.url.replace('http', 'ws')}${TRPC_PATH}?connectionParams=1`,
    );
    await once(socket, 'open');
    socket.send(Buffer.alloc(27, 1));
    const [refusal] = await once(socket, 'message');
    expect(decodeAnswers(refusal)).toMatchObject([{ reason: 'sign_in_required' }]);
    const token = await tokenOf(db(), driver);
    socket.send(JSON.stringify({ method: 'connectionParams', data: { token } }));
    socket.send(JSON.stringify({ id: 1, method: 'query', params: { path: 'auth.me' } }));
    const [answer] = await once(socket, 'message');
    expect(JSON.parse(String(answer))).toMatchObject({ id: 1, result: { data: driver } });
    socket.terminate();
  });
});
