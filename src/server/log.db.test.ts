import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown } from '@/db/testing/town';
import { cartOf, key, orderOf } from '@/services/testing';
import { openLog } from './log';
import { connectClient, startServer, tokenOf, wireErrorOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

// The embedded database is that of the next file too.
afterEach(() => db().execute(sql`DROP FUNCTION IF EXISTS broken() CASCADE`));

const PERSON = {
  name: 'Zenobia Quill',
  email: 'zenobia.quill@mail.example',
  password: 'a password of hers',
};
const PHONE = '+351912345678';
const DOOR = { dropoffAddress: '77 Marigold Crescent', dropoffNote: 'the blue gate' };

it('nothing of a person stands in the log: not when all goes well, and not when all goes wrong', async () => {
  const lines: string[] = [];
  const log = openLog('debug', { destination: { write: (line) => lines.push(line) } });
  await using server = await startServer(database, { onError: log.onError });
  const town = await makeTown(db());
  await using guest = connectClient(server.url, null);
  await guest.api.auth.signUp.mutate(PERSON);
  await guest.api.auth.signUp.mutate({ ...PERSON, password: 'another password' });
  const { token } = await guest.api.auth.signIn.mutate(PERSON);
  await using client = connectClient(server.url, token);
  const order = { ...cartOf(town), ...DOOR, handover: 'in_person' as const };
  const payment = { method: 'cash' as const };
  const total = { expectedTotal: 1_311, expectedMinutes: null };
  const place = () => client.api.orders.place.mutate({ ...key(), ...order, payment, ...total });
  await client.api.notices.setPhone.mutate({ ...key(), phone: PHONE });
  const { orderId } = await place();
  await client.api.orders.share.mutate({ ...key(), orderId });
  const before = server.errors.length;

  // From here on the database refuses whatever comes.
  await db().execute(sql`
    CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'broken'; END $$`);
  for (const table of ['users', 'orders', 'sessions', 'account_mails']) {
    await db().execute(
      sql`CREATE TRIGGER a_broken BEFORE INSERT OR UPDATE ON ${sql.identifier(table)} FOR EACH ROW EXECUTE FUNCTION broken()`,
    );
  }
  const failed = async (call: Promise<unknown>) => (await wireErrorOf(call)).data?.code;
  const other = { ...PERSON, email: `other.${PERSON.email}` };
  expect(await failed(guest.api.auth.signUp.mutate(other))).toBe('INTERNAL_SERVER_ERROR');
  expect(await failed(guest.api.auth.signIn.mutate(PERSON))).toBe('INTERNAL_SERVER_ERROR');
  expect(await failed(place())).toBe('INTERNAL_SERVER_ERROR');
  const phone = { ...key(), phone: PHONE.replace('912', '913') };
  expect(await failed(client.api.notices.setPhone.mutate(phone))).toBe('INTERNAL_SERVER_ERROR');

  const raw = server.errors
    .slice(before)
    .map(({ error }) => String(error))
    .join('\n');
  for (const told of [PERSON.email, DOOR.dropoffAddress]) expect(raw).toContain(told);
  const logged = lines.join('\n');
  expect(lines.length).toBeGreaterThanOrEqual(4);
  expect(logged).toContain('Failed query: INSERT INTO \\"orders\\"');
  const secret = [...Object.values(PERSON), PHONE, ...Object.values(DOOR), token, 'Quill'];
  for (const one of secret) expect(logged.toLowerCase()).not.toContain(one.toLowerCase());
});

it('a line of a call has its request and its order, and so has the error of one that fails', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = openLog('debug', {
    destination: { write: (line) => lines.push(JSON.parse(line)) },
    changes: 'info',
  });
  await using server = await startServer(database, log);
  const town = await makeTown(db());
  await using overHttp = connectClient(server.url, await tokenOf(db(), town.customer));
  const { orderId } = await overHttp.api.orders.place.mutate({ ...key(), ...orderOf(town) });
  await using overWs = connectClient(server.url, await tokenOf(db(), town.customer), {
    allOverWs: true,
  });
  const rate = { ...key(), orderId, food: 5, delivery: 5 };
  await wireErrorOf(overWs.api.orders.rate.mutate(rate));
  await db().execute(sql`
    CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'broken'; END $$`);
  await db().execute(
    sql`CREATE TRIGGER a_broken BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION broken()`,
  );
  await wireErrorOf(overWs.api.orders.cancel.mutate({ ...key(), orderId, reason: 'changed_mind' }));

  const requestId = expect.stringMatching(/^[\w-]{36}$/);
  const about = { requestId, orderId };
  const placed = { path: 'orders.place', kind: 'mutation', outcome: 'ok' };
  expect(lines).toContainEqual(expect.objectContaining({ ...placed, ...about, level: 30 }));
  const refused = { path: 'orders.rate', outcome: 'CONFLICT', reason: expect.any(String) };
  expect(lines).toContainEqual(expect.objectContaining({ ...refused, ...about }));
  const failed = lines.find(({ msg, where }) => msg === 'failed' && where === 'orders.cancel');
  expect(failed).toMatchObject({ ...about, level: 50 });
  const call = lines.find(({ msg, path }) => msg === 'call' && path === 'orders.cancel');
  expect(call).toMatchObject({ ...about, outcome: 'INTERNAL_SERVER_ERROR' });
  expect(call?.requestId).toBe(failed?.requestId);
});
