import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeUser } from '@/db/testing/town';
import type { Viewer } from '@/domain/roles';
import { MOST_ADDRESSES } from '@/domain/saved-address';
import {
  KeepAddressInput,
  keepAddress,
  listAddresses,
  removeAddress,
  touchAddress,
} from './keep-address';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

let clock = Date.parse('2026-11-20T12:00:00Z');
/** Each time a second later. */
function as(viewer: Viewer) {
  clock += 1_000;
  const now = new Date(clock);
  return contextOf(db(), viewer, { now: () => now });
}
const some = { label: 'Gym', address: '2 Side Street', note: '', at: { lat: 38.7, lng: -9.1 } };
const keep = (viewer: Viewer, change: Partial<typeof some & { id: string }> = {}) =>
  keepAddress(as(viewer), { ...key(), ...some, ...change });
const labels = async (viewer: Viewer) =>
  (await listAddresses(as(viewer))).map(({ label }) => label);

describe('saved addresses', () => {
  it('are kept, changed, and taken away again', async () => {
    const cora = await makeUser(db(), 'customer', 'Cora');
    const gym = await keep(cora, { note: 'Ring twice' });
    expect(await listAddresses(as(cora))).toEqual([{ ...some, id: gym.id, note: 'Ring twice' }]);
    const moved = { label: 'Pool', address: '9 Hill Road', at: { lat: 38.8, lng: -9.2 } };
    await keep(cora, { id: gym.id, ...moved });
    expect(await listAddresses(as(cora))).toEqual([{ id: gym.id, note: '', ...moved }]);
    await removeAddress(as(cora), { ...key(), id: gym.id });
    expect(await listAddresses(as(cora))).toEqual([]);
  });

  it('come in the order in which they were used last', async () => {
    const cora = await makeUser(db(), 'customer', 'Cora');
    const first = await keep(cora, { label: 'First' });
    await keep(cora, { label: 'Second' });
    expect(await labels(cora)).toEqual(['Second', 'First']);
    await touchAddress(as(cora), { ...key(), id: first.id });
    expect(await labels(cora)).toEqual(['First', 'Second']);
  });

  it('hold one home and one work: keeping another moves it', async () => {
    const cora = await makeUser(db(), 'customer', 'Cora');
    const home = await keep(cora, { label: 'home' });
    const moved = await keep(cora, { label: 'home', address: '9 Hill Road' });
    expect(moved.id).toBe(home.id);
    const other = await keep(cora, { label: 'Aunt' });
    await keep(cora, { id: other.id, label: 'home', address: '1 New Road' });
    expect((await listAddresses(as(cora))).map(({ address }) => address)).toEqual(['1 New Road']);
  });

  it('are not more than can be kept, even when they are all kept at once', async () => {
    const cora = await makeUser(db(), 'customer', 'Cora');
    const outcomes = await Promise.all(
      Array.from({ length: MOST_ADDRESSES + 5 }, (_, n) =>
        outcomeOf(keep(cora, { label: `${n}` })),
      ),
    );
    expect(outcomes.filter((outcome) => 'ok' in outcome)).toHaveLength(MOST_ADDRESSES);
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toContainEqual({
      refused: 'too_many_addresses',
    });
    expect(await labels(cora)).toHaveLength(MOST_ADDRESSES);
  });

  it('are nobody else’s: foreign ones look like none', async () => {
    const cora = await makeUser(db(), 'customer', 'Cora');
    const sam = await makeUser(db(), 'customer', 'Sam');
    const { id } = await keep(cora);
    for (const call of [
      () => keep(sam, { id }),
      () => keep(sam, { id, label: 'home' }),
      () => touchAddress(as(sam), { ...key(), id }),
      () => removeAddress(as(sam), { ...key(), id }),
    ]) {
      expect(await outcomeOf(call())).toEqual({ refused: 'address_not_found' });
    }
    expect(await labels(sam)).toEqual([]);
    expect(await labels(cora)).toEqual(['Gym']);
  });

  it('are for customers who are signed in', async () => {
    const driver = await makeUser(db(), 'driver', 'Dee');
    expect(await outcomeOf(keep(driver))).toEqual({ refused: 'role_not_allowed' });
    expect(await outcomeOf(listAddresses(contextOf(db(), 'guest')))).toEqual({
      refused: 'sign_in_required',
    });
  });

  it.each([
    ['no label', { label: '  ' }],
    ['a label like a novel', { label: 'x'.repeat(41) }],
    ['no address', { address: 'a' }],
    ['a note like a novel', { note: 'x'.repeat(301) }],
    ['a place off the map', { at: { lat: 91, lng: 0 } }],
    ['a place that is no place', { at: { lat: Number.NaN, lng: 0 } }],
    ['a letter that can’t be stored', { note: 'a\0' }],
    ['no key', { idempotencyKey: undefined }],
  ])('are not kept with %s', (_, change) => {
    expect(KeepAddressInput.safeParse({ ...key(), ...some }).success).toBe(true);
    expect(KeepAddressInput.safeParse({ ...key(), ...some, ...change }).success).toBe(false);
  });
});
