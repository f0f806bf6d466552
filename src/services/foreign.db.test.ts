import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { pendingOffers } from '@/db/queries/orders';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, makeUser } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import type { Viewer } from '@/domain/roles';
import { acceptOffer, declineOffer } from './answer-offer';
import { assignDelivery, retryDispatch, unassignDelivery } from './assign-delivery';
import { cancelOrder } from './cancel-order';
import { changeAddress, getAddressBook, getAddressTerms } from './change-address';
import { pauseRestaurant, setSoldOut } from './change-restaurant';
import { collectOrder } from './collect-order';
import type { ServiceContext } from './context';
import { delayOrder } from './delay-order';
import { explainDispatch } from './explain-dispatch';
import { getRestaurant, listRestaurants } from './find-restaurants';
import { getDriverHistory } from './get-driver-history';
import { getJob } from './get-job';
import { handBackDelivery } from './hand-back-delivery';
import { carriedOrder } from './journey.testing';
import { listAdmins } from './list-admins';
import { listCash } from './list-cash';
import { placeOrder } from './place-order';
import { refundOrder } from './refund-order';
import { reasonOf, refusalOf } from './refused.testing';
import { reportPosition } from './report-position';
import { runDispatchRound } from './run-dispatch-round';
import { setBreak } from './set-break';
import { setOnline } from './set-online';
import { settleCash } from './settle-cash';
import { addDriver } from './sign-up';
import { failDelivery, stepDelivery } from './step-delivery';
import { restoreOrder, stepOrder } from './step-order';
import { contextOf, key, orderOf, placeTestOrder } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

type Ids = { orderId: string; deliveryId: string; offerId: string; driverId: string };

const position = () => ({
  at: { lat: 0, lng: 0 },
  headingDeg: null,
  speedMps: null,
  accuracyM: null,
  recordedAt: new Date().toISOString(),
});
const account = { name: 'New', email: 'new@hotfoot.test', password: 'long enough' };

/** Every call that names an order, a delivery or an offer, by whom it is meant for. */
const calls = {
  customer: {
    'collect-order': (ctx: ServiceContext, { orderId }: Ids) =>
      collectOrder(ctx, { ...key(), orderId }),
    'cancel-order': (ctx: ServiceContext, { orderId }: Ids) =>
      cancelOrder(ctx, { ...key(), orderId, reason: 'changed_mind' }),
  },
  driver: {
    'accept-offer': (ctx: ServiceContext, { offerId }: Ids) =>
      acceptOffer(ctx, { ...key(), offerId }),
    'decline-offer': (ctx: ServiceContext, { offerId }: Ids) =>
      declineOffer(ctx, { ...key(), offerId, reason: 'too_far' }),
    'step-delivery': (ctx: ServiceContext, { deliveryId }: Ids) =>
      stepDelivery(ctx, { ...key(), deliveryId, step: 'arrive_pickup' }),
    'hand-back-delivery': (ctx: ServiceContext, { deliveryId }: Ids) =>
      handBackDelivery(ctx, { ...key(), deliveryId, reason: 'other' }),
    'get-job': (ctx: ServiceContext, { deliveryId }: Ids) => getJob(ctx, { deliveryId }),
    'fail-delivery': (ctx: ServiceContext, { deliveryId }: Ids) =>
      failDelivery(ctx, { ...key(), deliveryId, reason: 'refused' }),
  },
  admin: {
    'cancel-order': (ctx: ServiceContext, { orderId }: Ids) =>
      cancelOrder(ctx, { ...key(), orderId, reason: 'other' }),
    'step-order': (ctx: ServiceContext, { orderId }: Ids) =>
      stepOrder(ctx, { ...key(), orderId, command: 'accept' }),
    'refund-order': (ctx: ServiceContext, { orderId }: Ids) =>
      refundOrder(ctx, { ...key(), orderId, amount: 1 }),
    'restore-order': (ctx: ServiceContext, { orderId }: Ids) =>
      restoreOrder(ctx, { ...key(), orderId }),
    'assign-delivery': (ctx: ServiceContext, { deliveryId, driverId }: Ids) =>
      assignDelivery(ctx, { ...key(), deliveryId, driverId }),
    'unassign-delivery': (ctx: ServiceContext, { deliveryId }: Ids) =>
      unassignDelivery(ctx, { ...key(), deliveryId }),
    'hand-back-delivery': (ctx: ServiceContext, { deliveryId }: Ids) =>
      handBackDelivery(ctx, { ...key(), deliveryId, reason: 'other' }),
    'delay-order': (ctx: ServiceContext, { orderId }: Ids) =>
      delayOrder(ctx, { ...key(), orderId, minutes: 5 }),
    'change-address': (ctx: ServiceContext, { orderId }: Ids) =>
      changeAddress(ctx, { ...key(), orderId, address: 'There', note: '', at: { lat: 0, lng: 0 } }),
    'get-address-terms': (ctx: ServiceContext, { orderId }: Ids) =>
      getAddressTerms(ctx, { orderId, at: { lat: 0, lng: 0 } }),
    'get-address-book': (ctx: ServiceContext, { orderId }: Ids) => getAddressBook(ctx, { orderId }),
    'retry-dispatch': (ctx: ServiceContext, { deliveryId }: Ids) =>
      retryDispatch(ctx, { ...key(), deliveryId }),
    'pause-restaurant': (ctx: ServiceContext, { orderId }: Ids) =>
      pauseRestaurant(ctx, { ...key(), restaurantId: orderId, minutes: 5 }),
    'set-sold-out': (ctx: ServiceContext, { orderId }: Ids) =>
      setSoldOut(ctx, { ...key(), itemId: orderId, soldOut: true }),
  },
};

/** Calls that name nothing, or nothing that could be foreign. */
const others = {
  customer: {
    'place-order': (ctx: ServiceContext, { orderId }: Ids) =>
      placeOrder(ctx, {
        ...key(),
        restaurantId: orderId,
        lines: [],
        fulfilment: 'delivery',
        dropoff: { lat: 0, lng: 0 },
        slotFrom: null,
        tip: 0,
        promoCode: null,
        dropoffAddress: 'Here',
        dropoffNote: '',
        handover: 'in_person',
        payment: { method: 'cash' },
        expectedTotal: 0,
        expectedMinutes: null,
      }),
  },
  driver: {
    'set-online': (ctx: ServiceContext) =>
      setOnline(ctx, { ...key(), online: true, position: position() }),
    'set-break': (ctx: ServiceContext) =>
      setBreak(ctx, { ...key(), onBreak: true, position: null }),
    'report-position': (ctx: ServiceContext) => reportPosition(ctx, position()),
    'get-driver-history': (ctx: ServiceContext) => getDriverHistory(ctx),
  },
  admin: {
    'explain-dispatch': (ctx: ServiceContext, { orderId }: Ids) =>
      explainDispatch(ctx, { orderId }),
    'list-admins': (ctx: ServiceContext) => listAdmins(ctx),
    'list-cash': (ctx: ServiceContext) => listCash(ctx),
    'settle-cash': (ctx: ServiceContext, { driverId }: Ids) =>
      settleCash(ctx, { ...key(), driverId, currency: 'EUR', expectedAmount: 1 }),
    'list-restaurants': (ctx: ServiceContext) => listRestaurants(ctx),
    'add-driver': (ctx: ServiceContext) =>
      addDriver(ctx, { ...key(), ...account, vehicle: 'bike', capacity: 1 }),
  },
};

type Call = (ctx: ServiceContext, ids: Ids) => Promise<unknown>;

const rowsOf = (groups: Record<string, Record<string, Call>>) =>
  Object.entries(groups).flatMap(([role, group]) =>
    Object.entries(group).map(([name, call]) => [role, name, call] as const),
  );

const unknownIds = (): Ids => ({
  orderId: uuidv7(),
  deliveryId: uuidv7(),
  offerId: uuidv7(),
  driverId: uuidv7(),
});

async function people() {
  const town = await makeTown(db());
  const driver = await makeDriver(db(), town);
  const viewers: Record<string, Viewer> = { customer: town.customer, driver, admin: town.admin };
  return { town, driver, viewers };
}

describe('an id that nobody knows is refused as not found', () => {
  it.each(rowsOf(calls))('%s: %s', async (role, _, call) => {
    const { viewers } = await people();
    const ctx = contextOf(db(), ensured(viewers[role], role));
    const refusal = await refusalOf(db(), () => call(ctx, unknownIds()));
    expect(refusal.code).toBe('not_found');
    expect(refusal.reason).toMatch(/^(order|delivery|offer|restaurant|dish)_not_found$/);
  });

  it('a driver who does not exist can’t be assigned', async () => {
    const { town, deliveryId } = await carriedOrder(db());
    const ctx = contextOf(db(), town.admin);
    for (const driverId of [uuidv7(), town.customer.userId]) {
      const input = { ...key(), deliveryId, driverId };
      expect(await reasonOf(db(), () => assignDelivery(ctx, input))).toBe('driver_not_found');
    }
  });

  it('a restaurant that does not exist, or whose name looks like SQL', async () => {
    const ctx = contextOf(db(), 'guest');
    for (const slug of ['nowhere', '', "' OR '1'='1", '%', '../admin']) {
      expect(await reasonOf(db(), () => getRestaurant(ctx, { slug }))).toBe('restaurant_not_found');
    }
  });
});

describe('what is somebody else’s looks as if it did not exist', () => {
  /** The same call for an unknown and for a foreign id: the refusals are equal, word by word. */
  async function expectAlike(ctx: ServiceContext, call: Call, ids: Ids) {
    const foreign = await refusalOf(db(), () => call(ctx, ids));
    const unknown = await refusalOf(db(), () => call(ctx, unknownIds()));
    const words = ({ code, reason, message, hint, data }: typeof foreign) => ({
      code,
      reason,
      message,
      hint,
      data,
    });
    expect(words(foreign)).toEqual(words(unknown));
  }

  it('an order, to another customer', async () => {
    const { town, orderId } = await carriedOrder(db());
    const stranger = await makeUser(db(), 'customer', 'Sam Stranger');
    const ids = { ...unknownIds(), orderId };
    await expectAlike(contextOf(db(), stranger), calls.customer['cancel-order'], ids);
    await expectAlike(contextOf(db(), stranger), calls.customer['collect-order'], ids);
    expect(town.customer.userId).not.toBe(stranger.userId);
  });

  it('a delivery, to another driver', async () => {
    const { town, deliveryId } = await carriedOrder(db());
    const ctx = contextOf(db(), await makeDriver(db(), town));
    const ids = { ...unknownIds(), deliveryId };
    await expectAlike(ctx, calls.driver['step-delivery'], ids);
    await expectAlike(ctx, calls.driver['fail-delivery'], ids);
  });

  it('an offer, to another driver', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const asked = await makeDriver(db(), town);
    await placeTestOrder(db(), town);
    await runDispatchRound(contextOf(db(), 'dispatch'));
    const [offer] = await pendingOffers(db(), asked.userId);
    const ids = { ...unknownIds(), offerId: ensured(offer, 'an offer').id };
    const ctx = contextOf(db(), await makeDriver(db(), town));
    await expectAlike(ctx, calls.driver['accept-offer'], ids);
    await expectAlike(ctx, calls.driver['decline-offer'], ids);
  });

  it('a delivery, to the driver who had it before', async () => {
    const { town, driver, deliveryId } = await carriedOrder(db());
    await unassignDelivery(contextOf(db(), town.admin), { ...key(), deliveryId });
    const ids = { ...unknownIds(), deliveryId };
    await expectAlike(contextOf(db(), driver), calls.driver['step-delivery'], ids);
  });
});

describe('a call that is not for this role is refused before anything is looked up', () => {
  const all = [...rowsOf(calls), ...rowsOf(others)];

  it.each(all)('%s: %s', async (role, name, call) => {
    const { viewers } = await people();
    const mayToo = (other: string) =>
      all.some(([roleOf, nameOf]) => roleOf === other && nameOf === name);
    for (const [other, viewer] of Object.entries(viewers).filter(([one]) => !mayToo(one))) {
      const refusal = await refusalOf(db(), () => call(contextOf(db(), viewer), unknownIds()));
      expect(refusal, `${other} calls ${name}`).toMatchObject({
        code: 'forbidden',
        reason: 'role_not_allowed',
      });
    }
    expect(mayToo(role)).toBe(true);
  });

  it.each(all)('and a guest is told to sign in, %s: %s', async (_, __, call) => {
    const refusal = await refusalOf(db(), () => call(contextOf(db(), 'guest'), unknownIds()));
    expect(refusal).toMatchObject({ code: 'unauthenticated', reason: 'sign_in_required' });
  });
});

it('who a person is comes from the session, never from the request', async () => {
  const { town } = await people();
  const other = await makeUser(db(), 'customer', 'Olga Other');
  const forged = { ...orderOf(town), customerId: other.userId, customerName: 'Olga', total: 1 };
  await placeOrder(contextOf(db(), town.customer), forged);
  const rows = await db().execute<{ customer_id: string; total: number }>(
    `SELECT customer_id, total FROM orders WHERE restaurant_id = '${town.restaurantId}'`,
  );
  expect([...rows]).toEqual([{ customer_id: town.customer.userId, total: 1_311 }]);
});
