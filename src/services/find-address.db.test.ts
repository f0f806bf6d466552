import { beforeAll, describe, expect, it } from 'vitest';
import { knownAddresses } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { FindAddressInput, findAddress, nameAddress } from './find-address';
import { contextOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;
const centre = { lat: 38, lng: -29 };
const east = (meters: number) => destinationPoint(centre, 90, meters);

beforeAll(async () => {
  const street = (name: string, district: string, start: number, numbers: (number | string)[]) =>
    numbers.map((number, n) => ({
      street: name,
      district,
      number: `${number}`,
      location: east(start + n * 20),
    }));
  await db()
    .insert(knownAddresses)
    .values([
      ...street('Cathedral Street', 'Old Town', 0, [1, 3, 5, 7, '9b', 75]),
      ...street('Harbour Lane', 'Saltmarsh', 1_000, [2, 4, 12]),
      ...street('Harbour Lane', 'Uplands', 4_000, [2, 12]),
      ...street('Rua da Conceição', 'Old Town', 2_000, [10, 12]),
      ...street('شارع المرفأ', 'البلدة القديمة', 3_000, [8]),
    ]);
});

const find = async (q: string, near: GeoPoint = centre) =>
  (await findAddress(contextOf(db(), 'guest'), FindAddressInput.parse({ q, near }))).map(
    ({ address }) => address,
  );

describe('an address', () => {
  it.each<[string, string, string[]]>([
    ['number before the street', '75 cathedral street', ['75 Cathedral Street, Old Town']],
    ['number behind the street', 'Cathedral Street 75', ['75 Cathedral Street, Old Town']],
    ['the beginning of a word', 'cathe', ['1 Cathedral Street, Old Town']],
    ['the next number, where there is none', '8 cathedral', ['7 Cathedral Street, Old Town']],
    ['a number with a letter', '9B Cathedral St', ['9b Cathedral Street, Old Town']],
    ['a slip', 'cathedrl', ['1 Cathedral Street, Old Town']],
    ['another slip', 'cahtedral 5', ['5 Cathedral Street, Old Town']],
    ['no accents', 'conceicao 12', ['12 Rua da Conceição, Old Town']],
    ['Arabic with another alef', 'المرفا', ['8 شارع المرفأ, البلدة القديمة']],
    ['Arabic digits', 'المرفأ ٨', ['8 شارع المرفأ, البلدة القديمة']],
    ['its district', 'harbour uplands', ['2 Harbour Lane, Uplands']],
    ['nothing like it', 'zzyzx', []],
    ['signs', '%%__\\', []],
    ['a number alone', '75', ['75 Cathedral Street, Old Town']],
    ['an endless number', `${'9'.repeat(80)} cathedral`, ['1 Cathedral Street, Old Town']],
  ])('is found by %s: %s', async (_, q, expected) => {
    expect((await find(q)).slice(0, Math.max(1, expected.length))).toEqual(expected);
  });

  it('in each street of that name, the nearest first', async () => {
    const [saltmarsh, uplands] = ['12 Harbour Lane, Saltmarsh', '12 Harbour Lane, Uplands'];
    expect(await find('harbour 12')).toEqual([saltmarsh, uplands]);
    expect(await find('harbour 12', east(4_500))).toEqual([uplands, saltmarsh]);
  });

  it.each([
    ['one letter', { q: 'a' }],
    ['a novel', { q: 'x'.repeat(121) }],
    ['what can’t be stored', { q: 'ab\0' }],
    ['nowhere', { near: { lat: Number.NaN, lng: 0 } }],
    ['off the map', { near: { lat: 0, lng: 181 } }],
  ])('is not looked for by %s', (_, change) => {
    const good = { q: 'harbour', near: centre };
    expect(FindAddressInput.safeParse(good).success).toBe(true);
    expect(FindAddressInput.safeParse({ ...good, ...change }).success).toBe(false);
  });
});

describe('a pin', () => {
  const name = (at: GeoPoint) => nameAddress(contextOf(db(), 'guest'), at);

  it('is at a door, near one, or nowhere that is known', async () => {
    const address = '1 Cathedral Street, Old Town';
    expect(await name(destinationPoint(centre, 270, 40))).toEqual({ address, atTheDoor: true });
    expect(await name(destinationPoint(centre, 270, 400))).toEqual({ address, atTheDoor: false });
    expect(await name(destinationPoint(centre, 270, 600))).toBeNull();
    expect(await name({ lat: 90, lng: 0 })).toBeNull();
    expect(await name({ lat: 0, lng: -180 })).toBeNull();
  });
});
