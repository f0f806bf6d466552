import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { readStream } from '@/db/queries/events';
import { notices } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { ensured } from '@/domain/errors';
import { NOTICE_ATTEMPTS } from '@/domain/notices';
import type { Viewer } from '@/domain/roles';
import type { ServiceContext } from './context';
import {
  DiscardInput,
  discardDeadLetters,
  listDeadLetters,
  RedriveInput,
  redriveDeadLetters,
} from './handle-dead-letters';
import { carriedOrder } from './journey.testing';
import { reasonOf } from './refused.testing';
import { type NoticeSenders, sendNotices } from './send-notices';
import { tellStory } from './tell-story';
import { contextOf, key } from './testing';
import { writeNotices } from './write-notices';

const database = testDatabase();
const db = () => database.connection.db;

const BROKEN: NoticeSenders = {
  email: async () => ({ kind: 'failed', error: 'connection refused' }),
  push: async () => ({ kind: 'gone' }),
};
const WORKING: NoticeSenders = {
  email: async () => ({ kind: 'sent' }),
  push: async () => ({ kind: 'sent' }),
};
const later = (hours: number): Partial<ServiceContext> => {
  const at = new Date(Date.now() + hours * 3_600_000);
  return { now: () => at };
};
const loop = (change: Partial<ServiceContext> = {}) => contextOf(db(), 'notices', change);

/** The receipts of so many orders, which no mail server wants; the admin of the first one's town. */
async function deadLetters(count: number) {
  await writeNotices(loop());
  const journeys = [];
  for (let n = 0; n < count; n++) journeys.push(await carriedOrder(db(), { last: 'deliver' }));
  while ((await writeNotices(loop())) > 0);
  for (let n = 1; n <= NOTICE_ATTEMPTS; n++) await sendNotices(loop(later(n)), BROKEN);
  const { town } = ensured(journeys[0], 'a journey');
  const orderIds = journeys.map(({ orderId }) => orderId);
  const { letters } = await listDeadLetters(contextOf(db(), town.admin), {});
  const own = letters.filter(({ order }) => order && orderIds.includes(order.id));
  expect(own).toHaveLength(count);
  return { admin: contextOf(db(), town.admin), town, orderIds, ids: own.map(({ id }) => id) };
}

const idOf = (ids: readonly string[], n = 0) => ensured(ids[n], `letter ${n}`);
const row = async (id: string) => {
  const [found] = await db().select().from(notices).where(eq(notices.id, id));
  return ensured(found, 'a notice');
};
const typesOf = async (orderId: string) =>
  (await readStream(db(), orderId, 0, 1_000))
    .filter(({ type }) => type.startsWith('notice.'))
    .map(({ type, actor }) => `${type} ${actor}`);
const by = (who: Viewer) => `user:${who.userId}`;

describe('what could not be delivered', () => {
  it('is listed with its attempts, error and payload, and told in the order’s story', async () => {
    const { admin, town, orderIds, ids } = await deadLetters(1);
    const { letters, total } = await listDeadLetters(admin, {});
    expect(total).toBe(letters.length);
    expect(letters.find(({ id }) => id === ids[0])).toMatchObject({
      ...{ sink: 'email', destination: `${town.customer.userId}@hotfoot.test` },
      ...{ recipient: 'Cora Customer', about: 'delivered', order: { id: orderIds[0] } },
      ...{ attempts: NOTICE_ATTEMPTS, error: 'connection refused' },
      payload: { kind: 'delivered', orderId: orderIds[0] },
    });
    expect(await typesOf(idOf(orderIds))).toEqual(['notice.given_up system:notices']);
    const { entries } = await tellStory(admin, { orderId: idOf(orderIds) });
    expect(entries.filter(({ kind }) => kind === 'notice')).toHaveLength(2);
  });

  it('is redriven from the beginning, and sent', async () => {
    const { admin, town, orderIds, ids } = await deadLetters(1);
    // Days later its moment would have passed; it begins anew.
    await db().execute(sql`UPDATE notices SET created_at = now() - interval '3 days'
      WHERE id = ${idOf(ids)}`);
    const answer = await redriveDeadLetters(admin, { ...key(), letters: [idOf(ids)] });
    expect(answer).toMatchObject({ done: 1, passed: [] });
    expect(await row(idOf(ids))).toMatchObject({
      ...{ status: 'waiting', attempts: 0, handledBy: by(town.admin) },
    });
    await sendNotices(loop(), WORKING);
    expect(await row(idOf(ids))).toMatchObject({ status: 'sent', attempts: 1 });
    expect(await typesOf(idOf(orderIds))).toEqual([
      'notice.given_up system:notices',
      `notice.redriven ${by(town.admin)}`,
    ]);
  });

  it('is redriven once, however often and by whomever at once', async () => {
    const { admin, town, orderIds, ids } = await deadLetters(3);
    const request = { ...key(), letters: ids };
    const first = await redriveDeadLetters(admin, request);
    expect(await redriveDeadLetters(admin, request)).toEqual(first);
    const again = await redriveDeadLetters(admin, { ...key(), letters: ids });
    expect(again.done).toBe(0);
    expect(again.passed.map(({ status, handledBy }) => `${status} ${handledBy}`)).toEqual(
      ids.map(() => `waiting ${town.admin.name}`),
    );
    for (const orderId of orderIds) expect(await typesOf(orderId)).toHaveLength(2);
    const more = await deadLetters(3);
    const race = await Promise.all([
      redriveDeadLetters(admin, { ...key(), letters: more.ids }),
      redriveDeadLetters(more.admin, { ...key(), letters: more.ids.toReversed() }),
      discardDeadLetters(more.admin, { ...key(), letters: more.ids, reason: 'too late' }),
    ]);
    expect(race.reduce((sum, { done }) => sum + done, 0)).toBe(3);
    for (const orderId of more.orderIds) expect(await typesOf(orderId)).toHaveLength(2);
  });

  it('is discarded with a reason, for good', async () => {
    const { admin, town, orderIds, ids } = await deadLetters(1);
    const reason = 'the address does not exist';
    await discardDeadLetters(admin, { ...key(), letters: [idOf(ids)], reason });
    expect(await row(idOf(ids))).toMatchObject({
      ...{ status: 'discarded', discardReason: reason, handledBy: by(town.admin) },
    });
    const answer = await redriveDeadLetters(admin, { ...key(), letters: [idOf(ids)] });
    expect(answer).toMatchObject({ done: 0, passed: [{ status: 'discarded' }] });
    const last = (await readStream(db(), idOf(orderIds), 0, 1_000)).at(-1);
    expect(last).toMatchObject({ type: 'notice.discarded', data: { notice: { reason } } });
    expect([last?.customerId, last?.driverId]).toEqual([null, null]);
  });

  it('can be redriven all at once, and by hand', async () => {
    const { admin, ids } = await deadLetters(2);
    expect(await redriveDeadLetters(admin, { ...key(), letters: 'all' })).toMatchObject({
      ...{ passed: [], left: 0 },
    });
    for (const id of ids) expect((await row(id)).status).toBe('waiting');
    const more = await deadLetters(1);
    await db().execute(sql`UPDATE notices SET status = 'waiting' WHERE id = ${idOf(more.ids)}`);
    const { handledBy, attempts } = await row(idOf(more.ids));
    expect(handledBy).toMatch(/^database:/);
    expect(attempts).toBe(0);
  });

  it('is an admin’s alone, and nonsense is refused', async () => {
    const { admin, town, ids } = await deadLetters(1);
    const customer = contextOf(db(), town.customer);
    const calls = [
      () => listDeadLetters(customer, {}),
      () => redriveDeadLetters(customer, { ...key(), letters: ids }),
      () => discardDeadLetters(customer, { ...key(), letters: ids, reason: 'because' }),
    ];
    for (const call of calls) expect(await reasonOf(db(), call)).toBe('role_not_allowed');
    const lost = () => listDeadLetters(admin, { cursor: 'nowhere' });
    expect(await reasonOf(db(), lost)).toBe('cursor_unknown');
    const input = { ...key(), letters: ids };
    expect(DiscardInput.safeParse({ ...input, reason: '  ' }).success).toBe(false);
    expect(RedriveInput.safeParse({ ...input, letters: [] }).success).toBe(false);
    expect(RedriveInput.safeParse({ ...input, letters: ['1'] }).success).toBe(false);
  });

  it('can’t be sent without an illegal step being noticed', async () => {
    const { ids } = await deadLetters(1);
    const sent = db().execute(sql`UPDATE notices SET status = 'sent' WHERE id = ${idOf(ids)}`);
    await expect(sent).rejects.toThrow();
  });
});
