import { sql } from 'drizzle-orm';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { deliveryProofs } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { decodeAnswers, encodeFixes } from '@/domain/fix-frame';
import { makePng } from '@/domain/picture.testing';
import { POSITION_LIMITS } from '@/domain/position-limits';
import type { Viewer } from '@/domain/roles';
import { SIGNATURE_HEADER } from '@/payments/sandbox';
import { SANDBOX_WEBHOOK_PATH } from '@/payments/sandbox-round';
import { sign } from '@/payments/signature';
import { REDIS_STREAM } from '@/relay/redis-streams';
import { redisInstalled, startRedis } from '@/relay/testing/redis';
import { carriedOrder } from '@/services/journey.testing';
import { keepBrokers } from '@/services/keep-brokers';
import { keepHouse } from '@/services/keep-house';
import { contextOf, placeTestOrder } from '@/services/testing';
import { tellHealth } from './health';
import { hostedOn } from './hosted.testing';
import { takePositions } from './take-positions';

const database = testDatabase();
const db = () => database.connection.db;

type Hosted = ReturnType<typeof hostedOn>;

async function ask(hosted: Hosted, viewer: Viewer | null, path: string, init: RequestInit = {}) {
  const headers = new Headers(init.headers);
  if (viewer) {
    headers.set('authorization', `Bearer ${(await hosted.credentialsOf(viewer)).token}`);
  }
  return hosted.doors(new Request(`https://food.test${path}`, { ...init, headers }));
}

const picture = (bytes: Uint8Array): RequestInit => ({
  method: 'POST',
  body: new Uint8Array(bytes),
  headers: { 'content-type': 'image/png' },
});

const storedPictures = async () =>
  (await db().execute<{ n: number }>(sql`SELECT count(*)::int AS n FROM pictures`))[0]?.n;

describe('pictures where there is no disk', () => {
  it('of a restaurant are shown to everybody, and forgotten once another is in their place', async () => {
    const hosted = hostedOn(db());
    const { admin, restaurantId: id } = await makeTown(db());
    const put = (version: number, bytes: Uint8Array) =>
      ask(
        hosted,
        admin,
        `/api/photos?of=restaurant&id=${id}&version=${version}`,
        picture(bytes),
      ).then((response) => response.json());
    const photo = makePng(320, 240);
    const { photoId } = await put(1, photo);
    const shown = await ask(hosted, null, `/api/photos/${photoId}`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(photo);
    const before = await storedPictures();
    await put(2, makePng(300, 300));
    expect((await ask(hosted, null, `/api/photos/${photoId}`)).status).toBe(404);
    expect(await storedPictures()).toBe(before);
    expect(hosted.errors).toEqual([]);
  });

  it('of a handover are for whom it concerns', async () => {
    const hosted = hostedOn(db());
    const { town, driver, deliveryId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    const path = `/api/proofs?delivery=${deliveryId}&kind=photo`;
    const sent = await ask(hosted, driver, path, picture(makePng(320, 240)));
    expect(sent.status).toBe(201);
    const { proofId } = await sent.json();
    const look = async (viewer: Viewer | null) =>
      (await ask(hosted, viewer, `/api/proofs/${proofId}`)).status;
    expect([await look(driver), await look(town.admin)]).toEqual([200, 200]);
    expect([await look(town.customer), await look(null)]).toEqual([404, 401]);
    expect((await ask(hosted, town.customer, path, picture(makePng(64, 64)))).status).toBe(403);
  });

  it('are refused above 4 MB, and nothing of them is kept', async () => {
    const hosted = hostedOn(db());
    const { driver, deliveryId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
    const before = [await storedPictures(), await db().$count(deliveryProofs)];
    const path = `/api/proofs?delivery=${deliveryId}&kind=photo`;
    const large = new Uint8Array(4 * 1_024 * 1_024 + 1);
    const refused = await ask(hosted, driver, path, picture(large));
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { reason: 'photo_too_large', data: { megabytes: 4 } },
    ]);
    expect([await storedPictures(), await db().$count(deliveryProofs)]).toEqual(before);
  });

  it('that nothing names any more are swept after a day', async () => {
    const orphan = crypto.randomUUID();
    const age = (hours: number) =>
      db().execute(sql`
      UPDATE pictures SET stored_at = now() - make_interval(hours => ${hours})`);
    await db().execute(sql`INSERT INTO pictures (id, bytes) VALUES (${orphan}, '\\x00')`);
    const isThere = async () =>
      (await db().execute(sql`SELECT FROM pictures WHERE id = ${orphan}`)).length === 1;
    await age(20);
    await keepHouse(contextOf(db(), 'housekeeping'));
    expect(await isThere()).toBe(true);
    const named = (await storedPictures()) ?? 0;
    await age(30);
    await keepHouse(contextOf(db(), 'housekeeping'));
    expect(await isThere()).toBe(false);
    expect(await storedPictures()).toBe(named - 1);
  });
});

describe('what a card provider sends', () => {
  it('is taken with its signature alone', async () => {
    const hosted = hostedOn(db(), { cards: true });
    const send = (path: string, body: string, headers: Record<string, string> = {}) =>
      ask(hosted, null, path, { method: 'POST', body, headers });
    expect((await send(SANDBOX_WEBHOOK_PATH, '{}')).status).toBe(401);
    const secret = hosted.deps.secret;
    const signed = { [SIGNATURE_HEADER]: sign(secret, '{}', new Date()) };
    expect((await send(SANDBOX_WEBHOOK_PATH, '{}', signed)).status).toBe(400);
    expect((await send('/api/webhooks/payments/nobody', '{}')).status).toBe(404);
    expect((await send(SANDBOX_WEBHOOK_PATH, 'x'.repeat(65 * 1_024))).status).toBe(413);
    expect(hosted.errors).toEqual([]);
  });

  it('of a provider that is off is not taken', async () => {
    const hosted = hostedOn(db());
    const sent = await ask(hosted, null, SANDBOX_WEBHOOK_PATH, { method: 'POST', body: '{}' });
    expect(sent.status).toBe(404);
  });
});

it('health says how the database stands', async () => {
  const answer = await tellHealth(hostedOn(db()).deps);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toMatchObject({
    ...{ status: 'ok', database: { ok: true }, payments: { owed: 0, attention: 0 } },
  });
});

describe('positions that are posted', () => {
  it('are limited as those over a socket are, over all functions together', async () => {
    const [one, other] = [hostedOn(db()), hostedOn(db())];
    const town = await makeTown(db());
    const driver = await makeDriver(db(), town);
    const credentials = await one.credentialsOf(driver);
    const recordedAt = new Date().toISOString();
    const fix = { at: town.centre, headingDeg: null, speedMps: null, accuracyM: 5, recordedAt };
    const frame = new Uint8Array(encodeFixes(7, [fix]));
    const send = async (hosted: Hosted, who = credentials) =>
      decodeAnswers(await takePositions(hosted.deps, who, frame))[0];
    const { burst } = POSITION_LIMITS.frames;
    const sent = Array.from({ length: burst * 4 }, (_, n) => send(n % 2 ? one : other));
    const answers = await Promise.all(sent);
    const refused = answers.filter((answer) => answer?.kind === 'refused');
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(burst);
    expect(refused.length).toBeGreaterThan(burst);
    expect(refused[0]).toMatchObject({ seq: 7, reason: 'too_many_positions' });
    const waits = refused.map((each) => (each?.kind === 'refused' ? each.retryAfterMs : 0));
    expect(Math.min(...waits)).toBeGreaterThan(0);
    const stranger = await makeDriver(db(), town);
    expect((await send(one, await one.credentialsOf(stranger)))?.kind).toBe('outcomes');
  });
});

describe.runIf(redisInstalled())('a broker', () => {
  it('gets what has happened from tick to tick, once and in order', async () => {
    await using redis = await startRedis();
    const hosted = hostedOn(db(), { brokers: { redisStreamUrl: redis.url } });
    const client = new Redis(redis.url);
    try {
      await keepBrokers(contextOf(db(), 'relay'), hosted.sinks);
      const logged = async () => {
        const rows = await db().execute<{ id: string }>(sql`
          SELECT e.xid::text || '.' || e.position AS id FROM events e, relay_destinations d
          WHERE d.kind = 'redis' AND e.at >= d.created_at ORDER BY e.xid, e.position`);
        return rows.map(({ id }) => id);
      };
      const town = await makeTown(db(), { autoAccept: true });
      for (let n = 0; n < 3; n += 1) {
        await placeTestOrder(db(), town);
        const done = await Promise.all([
          hosted.work.tick(Date.now() + 20_000),
          hosted.work.tick(Date.now() + 20_000),
        ]);
        expect(done.flat().filter(({ ok }) => !ok)).toEqual([]);
      }
      // The relay's own round comes before the last events of a tick.
      await hosted.work.tick(Date.now() + 20_000);
      const entries = await client.xrange(REDIS_STREAM, '-', '+');
      const got = entries.map(([, fields]) => fields[fields.indexOf('id') + 1]);
      expect(new Set(got).size).toBe(got.length);
      const ids = await logged();
      expect(got).toEqual(ids.slice(0, got.length));
      expect(got.length).toBeGreaterThan(ids.length / 2);
      expect(hosted.errors).toEqual([]);
    } finally {
      client.disconnect();
      await hosted.sinks.brokers.redis?.close();
    }
  });
});
