import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepVapidKey } from '@/db/queries/notices';
import { pendingOffers } from '@/db/queries/orders';
import { notices, pushSubscriptions } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { NOTICE_ATTEMPTS } from '@/domain/notices';
import type { Viewer } from '@/domain/roles';
import { declineOffer } from '@/services/answer-offer';
import { giveTo, walk } from '@/services/journey.testing';
import {
  getNoticeSettings,
  getPushKey,
  setLocale,
  setNotice,
  subscribePush,
  unsubscribePush,
} from '@/services/notice-settings';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { sendMessage } from '@/services/send-message';
import { type NoticeSenders, sendNotices } from '@/services/send-notices';
import { contextOf, key, outcomeOf, placeTestOrder } from '@/services/testing';
import { writeNotices } from '@/services/write-notices';
import { openMails } from './email';
import { freshVapidKey, pushSender } from './push';
import { startPushService } from './push-service.testing';

const database = testDatabase();
const db = () => database.connection.db;
const ctx = (change = {}) => contextOf(db(), 'notices', change);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotfoot-mail-'));
  await keepVapidKey(db(), await freshVapidKey());
  // The reader begins where the log stands when it first looks.
  await writeNotices(ctx());
});
afterAll(() => rm(folder, { recursive: true }));

const mail = () =>
  openMails({
    ...{ smtpUrl: undefined, folder, from: 'Hotfoot <hello@hotfoot.test>' },
    publicUrl: 'https://food.example',
  }).notice;
const sent: NoticeSenders = {
  email: async () => ({ kind: 'sent' }),
  push: async () => ({ kind: 'sent' }),
};

async function writeAll(): Promise<void> {
  while ((await writeNotices(ctx())) > 0);
}

/** A customer's order on its way through the hands of a driver. */
async function journey() {
  const town = await makeTown(db(), { autoAccept: true });
  const driver = await makeDriver(db(), town);
  const orderId = await placeTestOrder(db(), town);
  await giveTo(db(), town, orderId, driver);
  return { town, driver, orderId, customer: town.customer };
}

const owed = async (who: Viewer) => {
  const rows = await db()
    .select()
    .from(notices)
    .where(eq(notices.userId, who.userId))
    .orderBy(asc(notices.createdAt));
  return rows.map(({ channel, kind, status }) => `${channel} ${kind} ${status}`);
};

describe('notices', () => {
  it('are written once per event, whoever reads the log at the same time', async () => {
    const { customer, driver, orderId } = await journey();
    await walk(db(), driver, orderId, 'deliver');
    await Promise.all(Array.from({ length: 4 }, writeAll));
    await writeAll();
    // No browser takes pushes: only the receipt goes out.
    expect(await owed(customer)).toEqual(['email delivered waiting']);
  });

  it('go where the person wants them', async () => {
    const { customer, driver, orderId } = await journey();
    const person = contextOf(db(), customer);
    const choice = { kind: 'on_the_way' as const, channel: 'email' as const };
    await setNotice(person, { ...key(), ...choice, enabled: true });
    await setNotice(person, { ...key(), kind: 'delivered', channel: 'email', enabled: false });
    expect(await getNoticeSettings(person)).toContainEqual({ ...choice, enabled: true });
    await walk(db(), driver, orderId, 'deliver');
    await writeAll();
    expect(await owed(customer)).toEqual(['email on_the_way waiting']);
  });

  it('are sent by one of several processes, and lost by none', async () => {
    const journeys = await Promise.all([journey(), journey(), journey()]);
    for (const { driver, orderId } of journeys) await walk(db(), driver, orderId, 'deliver');
    await writeAll();
    const tries: string[] = [];
    const senders: NoticeSenders = {
      ...sent,
      email: async ({ email }) => {
        tries.push(email);
        return { kind: 'sent' };
      },
    };
    await Promise.all(Array.from({ length: 4 }, () => sendNotices(ctx(), senders)));
    expect(new Set(tries).size).toBe(tries.length);
    for (const { customer } of journeys) {
      expect(await owed(customer)).toEqual(['email delivered sent']);
    }
  });

  it('that fail are tried again, later and later, and then given up with the reason', async () => {
    const { customer, driver, orderId } = await journey();
    await walk(db(), driver, orderId, 'deliver');
    await writeAll();
    await sendNotices(ctx(), {
      ...sent,
      email: async () => ({ kind: 'failed', error: 'no route' }),
    });
    const [first] = await db().select().from(notices).where(eq(notices.orderId, orderId));
    expect(first).toMatchObject({ status: 'waiting', attempts: 1, lastError: 'no route' });
    expect(first?.nextAttemptAt.getTime()).toBeGreaterThan(Date.now());
    for (let tried = 1; tried < NOTICE_ATTEMPTS; tried += 1) {
      await db().execute(
        sql`UPDATE notices SET next_attempt_at = now() - interval '1 s' WHERE order_id = ${orderId}`,
      );
      await sendNotices(ctx(), {
        ...sent,
        email: async () => ({ kind: 'failed', error: 'no route' }),
      });
    }
    expect(await owed(customer)).toEqual(['email delivered dead']);
    expect(await sendNotices(ctx(), sent)).toBe(0);
  });

  it('taken by a process that died are taken again when its lease is over', async () => {
    const { customer, driver, orderId } = await journey();
    await walk(db(), driver, orderId, 'deliver');
    await writeAll();
    const dies = sendNotices(ctx(), {
      ...sent,
      email: () => Promise.reject(new Error('killed')),
    });
    await expect(dies).rejects.toThrow('killed');
    expect(await sendNotices(ctx(), sent)).toBe(0);
    const later = new Date(Date.now() + 31_000);
    expect(await sendNotices(ctx({ now: () => later }), sent)).toBe(1);
    expect(await owed(customer)).toEqual(['email delivered sent']);
  });
});

describe('an e-mail', () => {
  it('becomes a file where no server is named, in the language of the person', async () => {
    const { customer, driver, orderId } = await journey();
    await setLocale(contextOf(db(), customer), { ...key(), locale: 'ar' });
    await walk(db(), driver, orderId, 'deliver');
    await writeAll();
    await sendNotices(ctx(), { ...sent, email: mail() });
    const [file = '', ...others] = await readdir(folder);
    expect(others).toEqual([]);
    const text = await readFile(join(folder, file), 'utf8');
    expect(text).toContain(`${customer.userId}@hotfoot.test`);
    expect(text).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(text).toContain('dir=3D"rtl"');
    expect(text.replaceAll('=\r\n', '')).toContain(`https://food.example/orders/${orderId}`);
  });
});

describe('a push', () => {
  it('reaches the browser encrypted and signed; a browser that is gone is forgotten', async () => {
    const person = await journey();
    const customer = contextOf(db(), person.customer);
    await using service = await startPushService(await getPushKey(customer));
    const hosts = ['push.test'];
    await subscribePush(customer, { ...key(), ...service.target }, hosts);
    const vapidKey = await keepVapidKey(db(), await freshVapidKey());
    const push = pushSender({
      vapidKey,
      contact: 'mailto:ops@food.example',
      allowedHosts: hosts,
      post: service.post,
    });
    await sendMessage(contextOf(db(), person.driver), {
      ...{ ...key(), orderId: person.orderId },
      content: { kind: 'quick', key: 'cannot_find' },
    });
    await writeAll();
    await sendNotices(ctx(), { ...sent, push });
    expect(service.pushed).toEqual([
      {
        payload: {
          ...{ title: 'Dee writes', body: 'I can’t find the address.', dir: 'ltr', lang: 'en' },
          ...{ url: `/orders/${person.orderId}`, tag: `order-${person.orderId}` },
        },
        ttl: '900',
        subject: 'mailto:ops@food.example',
        audience: 'https://push.test',
      },
    ]);
    service.state.status = 410;
    await walk(db(), person.driver, person.orderId, 'pick_up');
    await writeAll();
    await sendNotices(ctx(), { ...sent, push });
    const left = await db()
      .select()
      .from(pushSubscriptions)
      .where(eq(pushSubscriptions.userId, person.customer.userId));
    expect(left).toEqual([]);
    expect(await owed(person.customer)).toEqual(['push message sent', 'push on_the_way dead']);
  });

  it('rings for an offer for as long as it can be answered, unless it is switched off', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const person = await makeDriver(db(), town);
    const driver = contextOf(db(), person);
    await using service = await startPushService(await getPushKey(driver));
    const allowedHosts = ['push.test'];
    await subscribePush(driver, { ...key(), ...service.target }, allowedHosts);
    const vapidKey = await keepVapidKey(db(), await freshVapidKey());
    const contact = 'mailto:ops@food.example';
    const push = pushSender({ vapidKey, contact, allowedHosts, post: service.post });
    const offer = async () => {
      await placeTestOrder(db(), town);
      await runDispatchRound(contextOf(db(), 'dispatch'));
      await writeAll();
      await sendNotices(ctx(), { ...sent, push });
      const [pending] = await pendingOffers(db(), person.userId);
      if (!pending) throw new Error('expected an offer');
      return pending;
    };
    const first = await offer();
    expect(service.pushed.map(({ payload }) => payload)).toEqual([
      {
        ...{ title: 'New offer from Test Kitchen', dir: 'ltr', lang: 'en' },
        ...{ body: '€4.50. Open Hotfoot and answer before it runs out.' },
        ...{ url: '/driver', tag: `offer-${first.runId}`, ring: true },
      },
    ]);
    const lasts = (Date.parse(first.expiresAt) - Date.parse(first.createdAt)) / 1_000;
    expect(Number(service.pushed[0]?.ttl)).toBeLessThanOrEqual(lasts);
    expect(Number(service.pushed[0]?.ttl)).toBeGreaterThan(0);
    await setNotice(driver, { ...key(), kind: 'offer', channel: 'push', enabled: false });
    await declineOffer(driver, { ...key(), offerId: first.id, reason: 'too_far' });
    await offer();
    expect(service.pushed).toHaveLength(1);
    expect(await getNoticeSettings(driver)).toContainEqual({
      ...{ kind: 'offer', channel: 'push', enabled: false },
    });
  });

  it('about an offer that has run out is not sent any more', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town);
    const target = { endpoint: `https://push.test/${driver.userId}`, p256dh: '', auth: '' };
    await db()
      .insert(pushSubscriptions)
      .values({ userId: driver.userId, ...target });
    await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    await writeAll();
    const later = new Date(Date.now() + 121_000);
    await sendNotices(ctx({ now: () => later }), sent);
    expect(await owed(driver)).toEqual(['push offer dead']);
  });

  it('goes nowhere but to a push service that is known', async () => {
    const { customer } = await journey();
    const person = contextOf(db(), customer);
    const target = { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22) };
    const to = (endpoint: string) =>
      outcomeOf(subscribePush(person, { ...key(), ...target, endpoint }, ['fcm.googleapis.com']));
    expect(await to('http://169.254.169.254/latest')).toEqual({ refused: 'push_service_unknown' });
    expect(await to('https://fcm.googleapis.com/fcm/send/x')).toHaveProperty('ok');
    await unsubscribePush(person, { ...key(), endpoint: 'https://fcm.googleapis.com/fcm/send/x' });
    expect(
      await db().$count(pushSubscriptions, eq(pushSubscriptions.userId, customer.userId)),
    ).toBe(0);
  });
});
