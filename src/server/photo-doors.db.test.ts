import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findRestaurant, readMenu } from '@/db/queries/restaurants';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { LARGEST_PICTURE_BYTES } from '@/domain/picture';
import { makePng } from '@/domain/picture.testing';
import type { Viewer } from '@/domain/roles';
import { removePhoto } from '@/services/remove-photo';
import { contextOf, key } from '@/services/testing';
import { startServer, tokenOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const FOLDER = join(tmpdir(), `hotfoot-test-photos-${process.pid}`);
afterAll(() => rm(FOLDER, { recursive: true, force: true }));

const bearer = async (viewer: Viewer | null): Promise<Record<string, string>> =>
  viewer ? { authorization: `Bearer ${await tokenOf(db(), viewer)}` } : {};

async function send(url: string, viewer: Viewer | null, query: string, bytes: Uint8Array | string) {
  const response = await fetch(`${url}/api/photos?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'image/png', ...(await bearer(viewer)) },
    body: bytes as BodyInit,
  });
  return { status: response.status, ...(await response.json()) };
}

it('a photo of a restaurant is shown to everybody, replaced, and taken away', async () => {
  await using server = await startServer(database);
  const town = await makeTown(db());
  const { restaurantId: id, admin } = town;
  const of = (version: number) => `of=restaurant&id=${id}&version=${version}`;
  const first = await send(server.url, admin, of(1), makePng(320, 240));
  expect(first).toMatchObject({ status: 201, version: 2 });
  const shown = await fetch(`${server.url}/api/photos/${first.photoId}`);
  expect(shown.status).toBe(200);
  expect(shown.headers.get('content-type')).toBe('image/png');
  expect(shown.headers.get('cache-control')).toContain('immutable');
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await findRestaurant(db(), { id })).toMatchObject({ photoId: first.photoId, version: 2 });
  const late = await send(server.url, admin, of(1), makePng(320, 240));
  expect(late).toMatchObject({ status: 409, reason: 'edited_meanwhile' });
  const second = await send(server.url, admin, of(2), makePng(300, 300));
  expect(second.status).toBe(201);
  expect((await fetch(`${server.url}/api/photos/${first.photoId}`)).status).toBe(404);
  await removePhoto(contextOf(db(), admin), { ...key(), of: 'restaurant', id, version: 3 });
  expect((await fetch(`${server.url}/api/photos/${second.photoId}`)).status).toBe(404);
  expect((await findRestaurant(db(), { id }))?.photoId).toBeNull();
});

it('a photo of a dish is a new version of that dish', async () => {
  await using server = await startServer(database);
  const { admin, restaurantId, dishes } = await makeTown(db());
  const query = `of=dish&id=${dishes.main}&version=1`;
  const { photoId } = await send(server.url, admin, query, makePng(320, 240));
  const menu = await readMenu(db(), restaurantId);
  const main = menu.flatMap(({ items }) => items).find((each) => each.id === dishes.main);
  expect(main).toMatchObject({ photoId, version: 2 });
});

it('what is no photo, or is brought in by somebody else, is refused and not kept', async () => {
  await using server = await startServer(database);
  const { admin, customer, restaurantId: id } = await makeTown(db());
  const query = `of=restaurant&id=${id}&version=1`;
  const outcome = async (viewer: Viewer | null, given: string, bytes: Uint8Array | string) => {
    const { status, reason } = await send(server.url, viewer, given, bytes);
    return [status, reason];
  };
  const photo = makePng(320, 240);
  expect(await outcome(customer, query, photo)).toEqual([403, 'role_not_allowed']);
  expect(await outcome(null, query, photo)).toEqual([401, 'sign_in_required']);
  expect(await outcome(admin, query, '<svg onload="alert(1)"/>')).toEqual([400, 'not_a_photo']);
  expect(await outcome(admin, query, makePng(2, 2))).toEqual([400, 'photo_size_odd']);
  const huge = new Uint8Array(LARGEST_PICTURE_BYTES + 1);
  expect(await outcome(admin, query, huge)).toEqual([413, 'photo_too_large']);
  expect(await outcome(admin, 'of=table&id=1', photo)).toEqual([400, 'photo_request_wrong']);
  expect((await findRestaurant(db(), { id }))?.photoId).toBeNull();
});
