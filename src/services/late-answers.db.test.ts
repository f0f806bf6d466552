import { describe, expect, it } from 'vitest';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { acceptOffer, declineOffer } from './answer-offer';
import { cancelOrder } from './cancel-order';
import { deliveryIs } from './journey.testing';
import { refusalOf } from './refused.testing';
import { runDispatchRound } from './run-dispatch-round';
import { contextOf, key, outcomeOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

async function asked() {
  const town = await makeTown(db(), { autoAccept: true });
  const driver = await makeDriver(db(), town);
  const orderId = await placeTestOrder(db(), town);
  await runDispatchRound(contextOf(db(), 'dispatch'));
  const offer = ensured((await pendingOffers(db(), driver.userId))[0], 'an offer');
  const accept = (who: Viewer = driver, change = {}) =>
    acceptOffer(contextOf(db(), who, change), { ...key(), offerId: offer.id });
  return { town, driver, orderId, offer, accept };
}

describe('a yes', () => {
  it('after the time was up is refused, also before anybody has noticed', async () => {
    const { orderId, offer, accept, driver } = await asked();
    const now = () => new Date(Date.parse(offer.expiresAt) + 1);
    const late = () => accept(driver, { now });
    expect(await refusalOf(db(), late)).toMatchObject({ code: 'conflict', reason: 'offer_gone' });
    await runDispatchRound(contextOf(db(), 'dispatch', { now }));
    expect(await outcomeOf(late())).toEqual({ refused: 'offer_gone' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverId: null });
  });

  it('after the offer was withdrawn is refused', async () => {
    const { town, orderId, accept } = await asked();
    const ctx = contextOf(db(), town.customer);
    await cancelOrder(ctx, { ...key(), orderId, reason: 'changed_mind' });
    expect(await refusalOf(db(), accept)).toMatchObject({ reason: 'offer_gone' });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ status: 'cancelled', driverId: null });
  });

  it('said twice is a yes once, and a no afterwards comes too late', async () => {
    const { driver, orderId, offer, accept } = await asked();
    await accept();
    expect(await refusalOf(db(), accept)).toMatchObject({ reason: 'offer_gone' });
    const no = { ...key(), offerId: offer.id, reason: 'too_far' as const };
    expect(await outcomeOf(declineOffer(contextOf(db(), driver), no))).toEqual({
      refused: 'offer_gone',
    });
    expect(await deliveryIs(db(), orderId)).toMatchObject({
      ...{ status: 'assigned', driverId: driver.userId },
    });
  });

  it('of another driver looks as if there were no offer', async () => {
    const { town, orderId, accept } = await asked();
    const other = await makeDriver(db(), town);
    expect(await refusalOf(db(), () => accept(other))).toMatchObject({
      ...{ code: 'not_found', reason: 'offer_not_found' },
    });
    expect(await deliveryIs(db(), orderId)).toMatchObject({ driverId: null });
  });

  it.each(Array.from({ length: 10 }, (_, n) => n))(
    'on one screen and a no on another: one of them counts, try %i',
    async () => {
      const { driver, orderId, offer, accept } = await asked();
      const no = { ...key(), offerId: offer.id, reason: 'too_far' as const };
      const [yes, nay, again] = await Promise.all([
        outcomeOf(accept()),
        outcomeOf(declineOffer(contextOf(db(), driver), no)),
        outcomeOf(accept()),
      ]);
      const won = [yes, nay, again].filter((outcome) => 'ok' in outcome);
      expect(won).toHaveLength(1);
      const { driverId } = await deliveryIs(db(), orderId);
      expect(driverId === driver.userId).toBe('refused' in nay);
    },
  );
});
