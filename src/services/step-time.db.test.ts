import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { OLDEST_STEP_H } from '@/domain/step-time';
import { carriedOrder, deliveryIs } from './journey.testing';
import { reasonOf } from './refused.testing';
import { failDelivery, stepDelivery } from './step-delivery';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** A driver who has been away from the network; the server hears of it an hour later. */
async function away() {
  const { driver, orderId, deliveryId } = await carriedOrder(db());
  await db().execute(`UPDATE orders SET pin = NULL WHERE id = '${orderId}'`);
  const { assignedAt } = await deliveryIs(db(), orderId);
  const start = assignedAt?.getTime() ?? 0;
  const at = (minutes: number) => new Date(start + minutes * 60_000);
  const ctx = contextOf(db(), driver, { now: () => at(60) });
  const step = (
    name: Parameters<typeof stepDelivery>[1]['step'],
    minutes?: number,
    request = key(),
  ) =>
    stepDelivery(ctx, {
      ...{ ...request, deliveryId, step: name },
      ...(minutes === undefined ? {} : { occurredAt: at(minutes).toISOString() }),
    });
  return { ctx, orderId, deliveryId, at, step };
}

describe('steps that were taken without a network', () => {
  it('bear the times at which they were taken', async () => {
    const { orderId, at, step } = await away();
    await step('arrive_pickup', 5);
    await step('pick_up', 12);
    await step('arrive_dropoff', 20);
    await step('deliver', 21);
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'delivered', atPickupAt: at(5), pickedUpAt: at(12) },
      ...{ atDropoffAt: at(20), deliveredAt: at(21) },
    });
  });

  it('sent again are taken once', async () => {
    const { orderId, at, step } = await away();
    const request = key();
    const first = await step('arrive_pickup', 5, request);
    expect(await step('arrive_pickup', 5, request)).toEqual(first);
    // The first answer was lost: only then does the device say when it was.
    expect(await step('arrive_pickup', 6, request)).toEqual(first);
    expect(await step('arrive_pickup', undefined, request)).toEqual(first);
    expect(await deliveryIs(db(), orderId)).toMatchObject({ atPickupAt: at(5) });
  });

  it.each<[string, number, string]>([
    ['from the future', 62, 'step_from_future'],
    ['before the step that came first', -3, 'step_before_previous'],
  ])('%s are refused, and change nothing', async (_, minutes, reason) => {
    const { orderId, step } = await away();
    expect(await reasonOf(db(), () => step('arrive_pickup', minutes))).toBe(reason);
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'assigned' });
  });

  it('of another day are not believed', async () => {
    const { ctx, deliveryId, at } = await away();
    const late = { ...ctx, now: () => at(OLDEST_STEP_H * 60 + 10) };
    const occurredAt = at(5).toISOString();
    const call = () =>
      stepDelivery(late, { ...key(), deliveryId, step: 'arrive_pickup', occurredAt });
    expect(await reasonOf(db(), call)).toBe('step_too_old');
  });

  it('out of order are refused as such, whatever their time', async () => {
    const { step } = await away();
    expect(await reasonOf(db(), () => step('pick_up', 12))).toBe('illegal_step');
    await step('arrive_pickup', 5);
    expect(await reasonOf(db(), () => step('arrive_pickup', 6))).toBe('illegal_step');
  });

  it('leave later ones of the same connection at their own time', async () => {
    const { orderId, step } = await away();
    const before = Date.now();
    await step('arrive_pickup', 5);
    await step('pick_up');
    const { pickedUpAt } = await deliveryIs(db(), orderId);
    expect(pickedUpAt?.getTime()).toBeGreaterThan(before - 1_000);
  });

  it('and what could not be delivered, too', async () => {
    const { ctx, orderId, deliveryId, at, step } = await away();
    await step('arrive_pickup', 5);
    await step('pick_up', 12);
    const request = { ...key(), deliveryId, reason: 'accident' as const };
    const early = { ...request, occurredAt: at(2).toISOString() };
    expect(await outcomeOf(failDelivery(ctx, early))).toEqual({ refused: 'step_before_previous' });
    await failDelivery(ctx, {
      ...key(),
      deliveryId,
      reason: 'accident',
      occurredAt: at(15).toISOString(),
    });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'failed' });
  });
});
