import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { relayDestinations, settings } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeTown, makeUser } from '@/db/testing/town';
import { DEFAULT_SETTINGS } from '@/domain/settings';
import { webhookSender } from '@/relay/webhook';
import {
  acknowledgeMissed,
  changeWebhook,
  MakeWebhookInput,
  makeWebhook,
  removeWebhook,
  rotateWebhook,
  stopWebhook,
} from './change-webhook';
import { keepHouse } from './keep-house';
import { listChanges } from './list-changes';
import { listDeliveries, listWebhooks } from './list-webhooks';
import { reasonOf } from './refused.testing';
import { destinationIs } from './relay.testing';
import { testWebhook } from './test-webhook';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

beforeEach(async () => {
  await db().delete(relayDestinations);
});

const production = webhookSender({ allowPrivate: false, httpsOnly: true });
const terms = (change: Record<string, unknown> = {}) => ({
  ...{
    name: 'Till',
    url: 'https://till.example/hook',
    eventTypes: ['order.*'],
    restaurantId: null,
    zoneId: null,
  },
  ...change,
});
const admin = async () => contextOf(db(), await makeUser(db(), 'admin', 'Ada Admin'));

describe('a webhook', () => {
  it('is made with a secret that is told once, and begins with what happens from then on', async () => {
    const ctx = await admin();
    await placeTestOrder(db(), await makeTown(db()));
    const request = { ...key(), ...terms() };
    const { webhookId, secret } = await makeWebhook(ctx, request, production);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    // The same request has the same answer: whoever lost it on the way gets it.
    expect(await makeWebhook(ctx, request, production)).toEqual({ webhookId, secret });
    const { webhooks } = await listWebhooks(ctx);
    expect(webhooks).toMatchObject([{ id: webhookId, name: 'Till', waiting: 0, version: 1 }]);
    expect(JSON.stringify(webhooks)).not.toContain(secret.slice(6));
    const { changes } = await listChanges(ctx, { areas: ['webhook'] });
    expect(changes[0]).toMatchObject({ type: 'webhook.made', by: 'Ada Admin', subject: 'Till' });
    expect(JSON.stringify(changes)).not.toContain(secret.slice(6));
  });

  it.each([
    ...['ftp://till.example', 'till.example', 'http://till.example', 'https://u:p@till.example'],
    ...['https://127.0.0.1/', 'https://[fd00::1]/', 'https://localhost/', 'https://2130706433/'],
  ])('at %s is refused', async (url) => {
    const ctx = await admin();
    const make = () => makeWebhook(ctx, { ...key(), ...terms({ url }) }, production);
    expect(await reasonOf(db(), make)).toBe('webhook_address');
  });

  it.each([[[]], [['order']], [['Order.placed']], [['order.*.x']], [['*.placed']], [['']]])(
    'for events %j is refused',
    (eventTypes) => {
      const input = MakeWebhookInput.safeParse({ ...key(), ...terms({ eventTypes }) });
      expect(input.success).toBe(false);
    },
  );

  it('can be for one zone, which is told by its name and stands in the changes', async () => {
    const ctx = await admin();
    const { zoneId } = await makeTown(db());
    const { webhookId } = await makeWebhook(ctx, { ...key(), ...terms({ zoneId }) }, production);
    const { webhooks } = await listWebhooks(ctx);
    expect(webhooks).toMatchObject([{ zoneId, zoneName: expect.any(String) }]);
    const which = { webhookId, expectedVersion: 1 };
    const changed = await changeWebhook(ctx, { ...key(), ...which, ...terms() }, production);
    expect(changed.version).toBe(2);
    expect((await destinationIs(db(), webhookId)).zoneId).toBeNull();
    const unknown = terms({ zoneId: key().idempotencyKey });
    const make = () => makeWebhook(ctx, { ...key(), ...unknown }, production);
    expect(await reasonOf(db(), make)).toBe('zone_not_found');
  });

  it('is changed by one of two, and each sees what the other did', async () => {
    const [one, other] = [await admin(), await admin()];
    const { webhookId } = await makeWebhook(one, { ...key(), ...terms() }, production);
    const which = { webhookId, expectedVersion: 1 };
    const race = await Promise.all([
      outcomeOf(changeWebhook(one, { ...key(), ...which, ...terms({ name: 'A' }) }, production)),
      outcomeOf(stopWebhook(other, { ...key(), ...which, stopped: true })),
    ]);
    expect(race.filter((outcome) => 'refused' in outcome)).toEqual([
      { refused: 'webhook_changed' },
    ]);
    const { changes } = await listChanges(one, { areas: ['webhook'] });
    expect(changes.slice(0, 2).map(({ type }) => type)).toEqual([
      expect.stringMatching(/^webhook\.(changed|stopped)$/),
      'webhook.made',
    ]);
  });

  it('gets a new secret, and keeps the one before for a day', async () => {
    const ctx = await admin();
    const { webhookId, secret } = await makeWebhook(ctx, { ...key(), ...terms() }, production);
    const rotated = await rotateWebhook(ctx, { ...key(), webhookId, expectedVersion: 1 });
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.version).toBe(2);
    const row = await destinationIs(db(), webhookId);
    expect(row).toMatchObject({ secret: rotated.secret, previousSecret: secret });
    const hours = ((row.previousSecretUntil?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
  });

  it('goes on where it stopped; removed, it is gone with what it left', async () => {
    const ctx = await admin();
    const { webhookId } = await makeWebhook(ctx, { ...key(), ...terms() }, production);
    await stopWebhook(ctx, { ...key(), webhookId, expectedVersion: 1, stopped: true });
    const { xid, position } = await destinationIs(db(), webhookId);
    await placeTestOrder(db(), await makeTown(db()));
    await stopWebhook(ctx, { ...key(), webhookId, expectedVersion: 2, stopped: false });
    expect(await destinationIs(db(), webhookId)).toMatchObject({ xid, position, version: 3 });
    await removeWebhook(ctx, { ...key(), webhookId, expectedVersion: 3 });
    expect((await listWebhooks(ctx)).webhooks).toEqual([]);
    const gone = () => removeWebhook(ctx, { ...key(), webhookId, expectedVersion: 3 });
    expect(await reasonOf(db(), gone)).toBe('webhook_not_found');
  });

  it('is an admin’s alone', async () => {
    const { customer } = await makeTown(db());
    const [ctx, owner] = [contextOf(db(), customer), await admin()];
    const { webhookId } = await makeWebhook(owner, { ...key(), ...terms() }, production);
    const which = { ...key(), webhookId, expectedVersion: 1 };
    const calls = [
      () => listWebhooks(ctx),
      () => listDeliveries(ctx, { webhookId }),
      () => makeWebhook(ctx, { ...key(), ...terms() }, production),
      () => changeWebhook(ctx, { ...which, ...terms() }, production),
      () => rotateWebhook(ctx, which),
      () => stopWebhook(ctx, { ...which, stopped: true }),
      () => removeWebhook(ctx, which),
      () => acknowledgeMissed(ctx, which),
      () => testWebhook(ctx, which, production),
    ];
    for (const call of calls) expect(await reasonOf(db(), call)).toBe('role_not_allowed');
  });
});

it('what retention drops before a destination has read it is counted as a gap', async () => {
  const ctx = await admin();
  const { webhookId } = await makeWebhook(ctx, { ...key(), ...terms() }, production);
  const town = await makeTown(db());
  const orderId = await placeTestOrder(db(), town);
  await db().execute(sql`UPDATE orders SET status = 'cancelled' WHERE id = ${orderId}`);
  const [{ count } = { count: 0 }] = await db().execute<{ count: number }>(sql`
    SELECT count(*)::integer AS count FROM events e, relay_destinations d
    WHERE (e.xid, e.position) > (d.xid, d.position)`);
  expect(count).toBeGreaterThan(0);
  const document = { ...DEFAULT_SETTINGS.retention, eventDays: 30 };
  await db().update(settings).set({ document }).where(eq(settings.section, 'retention'));
  const now = () => new Date(Date.now() + 31 * 86_400_000);
  await keepHouse(contextOf(db(), 'housekeeping', { now }));
  await db().update(settings).set({ document: {} });
  const [webhook] = (await listWebhooks(ctx)).webhooks;
  expect(webhook).toMatchObject({ missed: count, waiting: 0 });
  await acknowledgeMissed(ctx, { ...key(), webhookId, expectedVersion: 1 });
  expect((await listWebhooks(ctx)).webhooks).toMatchObject([{ missed: 0, version: 1 }]);
});
