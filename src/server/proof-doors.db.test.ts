import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { deliveryProofs } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeUser } from '@/db/testing/town';
import { LARGEST_PICTURE_BYTES } from '@/domain/picture';
import { makePng } from '@/domain/picture.testing';
import type { Viewer } from '@/domain/roles';
import { carriedOrder, deliveryIs } from '@/services/journey.testing';
import { stepDelivery } from '@/services/step-delivery';
import { contextOf, key, outcomeOf } from '@/services/testing';
import { startServer, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const FOLDER = join(tmpdir(), `hotfoot-test-proofs-${process.pid}`);
afterAll(() => rm(FOLDER, { recursive: true, force: true }));

const kept = async () => (await readdir(FOLDER).catch(() => [])).length;
const bearer = async (viewer: Viewer | null): Promise<Record<string, string>> =>
  viewer ? { authorization: `Bearer ${await tokenOf(db(), viewer)}` } : {};

async function send(
  url: string,
  viewer: Viewer | null,
  deliveryId: string,
  bytes: Uint8Array | string,
  type = 'image/png',
) {
  const response = await fetch(`${url}/api/proofs?delivery=${deliveryId}&kind=photo`, {
    method: 'POST',
    headers: { 'content-type': type, ...(await bearer(viewer)) },
    body: bytes as BodyInit,
  });
  return { status: response.status, ...(await response.json()) };
}

const look = async (url: string, viewer: Viewer | null, proofId: string) =>
  fetch(`${url}/api/proofs/${proofId}`, { headers: await bearer(viewer) });

const atTheDoor = () => carriedOrder(db(), { last: 'arrive_dropoff' });

describe('a photo at the door', () => {
  it('is kept, proves the handover, and is shown to whom it concerns and to nobody else', async () => {
    await using server = await startServer(database);
    const { town, driver, orderId, deliveryId } = await atTheDoor();
    const photo = makePng(320, 240);
    const { status, proofId } = await send(server.url, driver, deliveryId, photo);
    expect(status).toBe(201);
    expect((await look(server.url, town.customer, proofId)).status).toBe(404);
    await stepDelivery(contextOf(db(), driver), {
      ...{ ...key(), deliveryId, step: 'deliver', proof: { kind: 'photo', proofId } },
    });
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'delivered', proof: 'photo', proofId },
    });
    for (const viewer of [town.customer, driver, town.admin]) {
      const shown = await look(server.url, viewer, proofId);
      expect([shown.status, shown.headers.get('content-type')], viewer.role).toEqual([
        200,
        'image/png',
      ]);
      expect(Buffer.from(await shown.arrayBuffer())).toEqual(photo);
      expect(shown.headers.get('cache-control')).toBe('private, no-store');
    }
    const strangers = [
      await makeUser(db(), 'customer', 'Sam Stranger'),
      await makeDriver(db(), town),
    ];
    for (const stranger of strangers) {
      expect((await look(server.url, stranger, proofId)).status).toBe(404);
    }
    expect((await look(server.url, null, proofId)).status).toBe(401);
    expect(server.errors).toEqual([]);
  });

  it.each<[string, Uint8Array | string, number, string]>([
    ['that is text', 'a photo, honestly', 400, 'not_a_photo'],
    ['that is a page', '<html><script>alert(1)</script></html>', 400, 'not_a_photo'],
    ['of one pixel', makePng(1, 1), 400, 'photo_size_odd'],
    ['that is too large', new Uint8Array(LARGEST_PICTURE_BYTES + 1), 413, 'photo_too_large'],
  ])('%s is refused, and nothing is kept', async (_, bytes, status, reason) => {
    await using server = await startServer(database);
    const { driver, deliveryId } = await atTheDoor();
    const before = [await kept(), await db().$count(deliveryProofs)];
    expect(await send(server.url, driver, deliveryId, bytes)).toMatchObject({ status, reason });
    expect([await kept(), await db().$count(deliveryProofs)]).toEqual(before);
    expect(server.errors).toEqual([]);
  });

  it('is taken from its driver alone, at the door alone, as a picture alone', async () => {
    await using server = await startServer(database);
    const { town, driver, deliveryId } = await atTheDoor();
    const photo = makePng(64, 64);
    const from = (viewer: Viewer | null, type?: string) =>
      send(server.url, viewer, deliveryId, photo, type);
    expect(await from(null)).toMatchObject({ status: 401 });
    expect(await from(town.customer)).toMatchObject({ status: 403 });
    expect(await from(await makeDriver(db(), town))).toMatchObject({ status: 404 });
    expect(await from(driver, 'text/plain')).toMatchObject({ reason: 'proof_request_wrong' });
    const early = await carriedOrder(db(), { last: 'pick_up' });
    expect(await send(server.url, early.driver, early.deliveryId, photo)).toMatchObject({
      ...{ status: 409, reason: 'proof_not_now' },
    });
    expect((await fetch(`${server.url}/api/proofs`)).status).toBe(405);
    expect((await look(server.url, driver, '../../etc/passwd')).status).toBe(404);
  });

  it('of another delivery, or of another kind, proves nothing', async () => {
    await using server = await startServer(database);
    const [one, other] = [await atTheDoor(), await atTheDoor()];
    const { proofId } = await send(server.url, other.driver, other.deliveryId, makePng(64, 64));
    const { driver, deliveryId, orderId } = one;
    const deliver = (kind: 'photo' | 'signature', id: string) =>
      outcomeOf(
        stepDelivery(contextOf(db(), driver), {
          ...{ ...key(), deliveryId, step: 'deliver', proof: { kind, proofId: id } },
        }),
      );
    expect(await deliver('photo', proofId)).toEqual({ refused: 'proof_unknown' });
    const { proofId: mine } = await send(server.url, driver, deliveryId, makePng(64, 64));
    expect(await deliver('signature', mine)).toEqual({ refused: 'proof_unknown' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'at_dropoff', proofId: null });
  });
});

it('a signature can be typed: its name is kept', async () => {
  const { driver, orderId, deliveryId } = await atTheDoor();
  await stepDelivery(contextOf(db(), driver), {
    ...{ ...key(), deliveryId, step: 'deliver', proof: { kind: 'signed_name', name: 'Nia' } },
  });
  expect(await deliveryIs(db(), orderId)).toMatchObject({
    ...{ status: 'delivered', proof: 'signature', signedBy: 'Nia', proofId: null },
  });
});
