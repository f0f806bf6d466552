import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '@/db/testing/test-database';
import { PIN_ATTEMPTS, type ProofInput } from '@/domain/handover';
import { carriedOrder, deliveryIs, orderIs } from './journey.testing';
import { stepDelivery } from './step-delivery';
import { contextOf, key, outcomeOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

async function atTheDoor() {
  const { driver, orderId, deliveryId } = await carriedOrder(db(), { last: 'arrive_dropoff' });
  await db().execute(sql`UPDATE orders SET pin = '0815' WHERE id = ${orderId}`);
  const deliver = (proof?: ProofInput, request = key()) =>
    outcomeOf(
      stepDelivery(contextOf(db(), driver), { ...request, deliveryId, step: 'deliver', proof }),
    );
  return { driver, orderId, deliveryId, deliver };
}
const pin = (digits: string): ProofInput => ({ kind: 'pin', pin: digits });

describe('a handover against a PIN', () => {
  it('is proven by the PIN, and by nothing else', async () => {
    const { orderId, deliver } = await atTheDoor();
    expect(await deliver()).toEqual({ refused: 'pin_required' });
    expect(await deliver(pin('4711'))).toEqual({ refused: 'wrong_pin' });
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'ready' });
    expect(await deliver(pin('0815'))).toMatchObject({ ok: { status: 'delivered', proof: 'pin' } });
    expect(await orderIs(db(), orderId)).toMatchObject({ status: 'completed' });
  });

  it('tried too often is locked, even for the right one; a reason still ends it', async () => {
    const { orderId, deliver } = await atTheDoor();
    for (let tried = 0; tried < PIN_ATTEMPTS; tried += 1) {
      expect(await deliver(pin('4711'))).toEqual({ refused: 'wrong_pin' });
    }
    expect(await deliver(pin('0815'))).toEqual({ refused: 'pin_locked' });
    expect(await deliver({ kind: 'none', reason: 'neighbour_took_it' })).toMatchObject({
      ok: { status: 'delivered', proof: 'none', reason: 'neighbour_took_it' },
    });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ pinFailures: PIN_ATTEMPTS });
  });

  it('counts a repeated request once, and guesses made at the same time all', async () => {
    const { orderId, deliver } = await atTheDoor();
    const again = key();
    await deliver(pin('4711'), again);
    expect(await deliver(pin('4711'), again)).toEqual({ refused: 'wrong_pin' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ pinFailures: 1 });
    await Promise.all(['1111', '2222', '3333'].map((digits) => deliver(pin(digits))));
    expect(await deliveryIs(db(), orderId)).toMatchObject({ pinFailures: 4 });
  });

  it('before the door is no handover, and counts nothing', async () => {
    const { driver, orderId, deliveryId } = await carriedOrder(db(), { last: 'pick_up' });
    await db().execute(sql`UPDATE orders SET pin = '0815' WHERE id = ${orderId}`);
    const ctx = contextOf(db(), driver);
    const request = { ...key(), deliveryId, step: 'deliver' as const, proof: pin('4711') };
    expect(await outcomeOf(stepDelivery(ctx, request))).toEqual({ refused: 'illegal_step' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ pinFailures: 0 });
  });
});
