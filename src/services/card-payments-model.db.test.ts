import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deliveryOfOrder } from '@/db/queries/deliveries';
import { findCharge } from '@/db/queries/sandbox';
import { orders, payments } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town } from '@/db/testing/town';
import { Refusal } from '@/domain/errors';
import { seededRandom } from '@/domain/random';
import type { Viewer } from '@/domain/roles';
import { type CardBehaviour, TEST_CARDS } from '@/domain/test-cards';
import { SANDBOX_SECRET, testBank } from '@/payments/sandbox.testing';
import { runSandboxRound } from '@/payments/sandbox-round';
import { assignDelivery } from './assign-delivery';
import { cancelOrder } from './cancel-order';
import type { ServiceContext } from './context';
import type { PaymentProvider } from './payment-provider';
import { placeOrder } from './place-order';
import { receivePaymentWebhook } from './receive-payment-webhook';
import { reconcilePayments } from './reconcile-payments';
import { refundOrder } from './refund-order';
import { runKitchenRound } from './run-kitchen-round';
import { runMustSeeRound } from './run-must-see-round';
import { runPaymentsRound } from './run-payments-round';
import { failDelivery, stepDelivery } from './step-delivery';
import { restoreOrder, stepOrder } from './step-order';
import { contextOf, key, orderOf } from './testing';

const database = testDatabase();
const db = () => database.connection.db;

/** Loses requests and answers: the call does not arrive, or what it did is never heard of. */
function faulty(provider: PaymentProvider, random: () => number): PaymentProvider {
  const maybe = async <T>(call: () => Promise<T>): Promise<T> => {
    const dice = random();
    if (dice < 0.15) throw new Error('the request was lost');
    const answer = await call();
    if (dice > 0.85) throw new Error('the answer was lost');
    return answer;
  };
  return {
    ...provider,
    authorise: (payment, signal) => maybe(() => provider.authorise(payment, signal)),
    capture: (id, amount) => maybe(() => provider.capture(id, amount)),
    release: (id) => maybe(() => provider.release(id)),
    refund: (id, amount) => maybe(() => provider.refund(id, amount)),
    find: (id) => maybe(() => provider.find(id)),
    changedSince: (since, after) => maybe(() => provider.changedSince(since, after)),
  };
}

type World = {
  town: Town;
  driver: Viewer;
  random: () => number;
  /** Minutes by which the clock of the platform is ahead. */
  ahead: number;
  startedAt: Date;
  orderIds: string[];
};

const commands = [
  'place',
  'place_again',
  'start',
  'finish',
  'reject',
  'assign',
  'ride',
  'ride',
  'ride',
  'fail',
  'customer_cancels',
  'admin_cancels',
  'restore',
  'refund',
  'by_hand',
  'wait',
  'round',
  'reconcile',
  'bank',
  'kitchen',
] as const;
type Command = { what: (typeof commands)[number]; card: CardBehaviour; pick: number };

/** What it does; refusals and lost answers are part of life, everything else is an error of ours. */
async function run(world: World, { what, card, pick }: Command): Promise<void> {
  const { town, driver, random } = world;
  const now = () => new Date(Date.now() + world.ahead * 60_000);
  const bank = testBank(db(), now);
  const payments = [faulty(bank.provider, random)];
  const as = (who: Viewer | string): ServiceContext =>
    contextOf(db(), who, { payments, now, random });
  const admin = as(town.admin);
  const orderId = world.orderIds[pick % Math.max(1, world.orderIds.length)];
  const place = async (times: number) => {
    const order = orderOf(town, { payment: await bank.card(card) });
    for (let n = 0; n < times; n += 1) {
      const placed = await placeOrder(as(town.customer), order).catch(swallow);
      if (placed && !world.orderIds.includes(placed.orderId)) world.orderIds.push(placed.orderId);
    }
  };
  switch (what) {
    case 'place':
      return place(1);
    case 'place_again':
      return place(3);
    case 'wait':
      world.ahead += 1;
      return;
    case 'round':
      await runPaymentsRound(as('payments'));
      return;
    case 'reconcile':
      await reconcilePayments(as('reconciliation'), world.startedAt).catch(swallow);
      return;
    case 'bank':
      return letBankWork(world, as);
    case 'kitchen':
      await runKitchenRound(as('kitchen'));
      await runMustSeeRound(as('ladder'), { sms: false });
      return;
    default:
      if (orderId)
        await act(what, orderId, {
          admin,
          customer: as(town.customer),
          driver: as(driver),
          driverId: driver.userId,
        }).catch(swallow);
  }
}

async function letBankWork(world: World, as: (who: string) => ServiceContext): Promise<void> {
  const ctx = as('payments');
  await runSandboxRound({
    db: db(),
    secret: SANDBOX_SECRET,
    now: ctx.now,
    random: world.random,
    async post(body, headers) {
      if (world.random() < 0.3) throw new Error('no network');
      await receivePaymentWebhook(ctx, { provider: 'sandbox', body, headers });
      // Taken, but the sender hears nothing of it: it comes again.
      return world.random() < 0.3 ? 0 : 200;
    },
  });
}

type People = {
  admin: ServiceContext;
  customer: ServiceContext;
  driver: ServiceContext;
  driverId: string;
};

async function act(what: Command['what'], orderId: string, people: People): Promise<void> {
  const { admin, customer, driver, driverId } = people;
  const delivery = await deliveryOfOrder(db(), orderId);
  switch (what) {
    case 'start':
    case 'finish':
    case 'reject':
      await stepOrder(admin, { ...key(), orderId, command: what });
      return;
    case 'assign':
      if (delivery) {
        await assignDelivery(admin, {
          ...key(),
          deliveryId: delivery.id,
          driverId,
        });
      }
      return;
    case 'ride':
      for (const step of ['arrive_pickup', 'pick_up', 'arrive_dropoff', 'deliver'] as const) {
        if (delivery)
          await stepDelivery(driver, { ...key(), deliveryId: delivery.id, step }).catch(swallow);
      }
      return;
    case 'fail':
      if (delivery)
        await failDelivery(driver, { ...key(), deliveryId: delivery.id, reason: 'refused' });
      return;
    case 'customer_cancels':
      await cancelOrder(customer, { ...key(), orderId, reason: 'other', expectedFee: 100_000 });
      return;
    case 'admin_cancels':
      await cancelOrder(admin, { ...key(), orderId, reason: 'other' });
      return;
    case 'restore':
      await restoreOrder(admin, { ...key(), orderId });
      return;
    case 'refund':
      await refundOrder(admin, { ...key(), orderId, amount: 100 });
      return;
    case 'by_hand':
      await db().execute(sql`UPDATE orders SET status = 'cancelled' WHERE id = ${orderId}
        AND status IN ('placed', 'accepted')`);
      return;
    default:
  }
}

function swallow(error: unknown): null {
  const lost = error instanceof Error && /was lost|did not answer/.test(error.message);
  if (error instanceof Refusal || lost) return null;
  throw error;
}

/** Without faults and with enough time, everything that is owed is done. */
async function calmDown(world: World): Promise<void> {
  for (let n = 0; n < 5; n += 1) {
    world.ahead += 30;
    const now = () => new Date(Date.now() + world.ahead * 60_000);
    const ctx = contextOf(db(), 'payments', { payments: [testBank(db(), now).provider], now });
    await runSandboxRound({
      db: db(),
      secret: SANDBOX_SECRET,
      now,
      random: () => 0,
      post: async (body, headers) => {
        await receivePaymentWebhook(ctx, { provider: 'sandbox', body, headers });
        return 200;
      },
    });
    await reconcilePayments(ctx, world.startedAt);
    await runPaymentsRound(ctx);
  }
  const now = () => new Date(Date.now() + world.ahead * 60_000);
  const ctx = contextOf(db(), 'payments', { payments: [testBank(db(), now).provider], now });
  expect(await reconcilePayments(ctx, world.startedAt)).toMatchObject({
    released: 0,
    settled: 0,
    followed: 0,
    mismatches: [],
  });
}

const OPEN = ['placed', 'accepted', 'preparing', 'ready'];

/** What has to hold between an order, its payment and the bank's books. */
async function expectConsistent(town: Town): Promise<void> {
  const rows = await db()
    .select({ payment: payments, order: orders })
    .from(payments)
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(payments.customerId, town.customer.userId));
  for (const { payment, order } of rows) {
    const charge = await findCharge(db(), payment.id);
    const taken = (charge?.captured ?? 0) - (charge?.refunded ?? 0);
    const seen = JSON.stringify({ payment, order, charge });
    expect(payment.due, seen).toBeNull();
    expect([payment.captured, payment.refunded], seen).toEqual([
      charge?.captured ?? 0,
      charge?.refunded ?? 0,
    ]);
    if (!order) {
      expect(taken, seen).toBe(0);
      expect(['authorised', 'pending'], seen).not.toContain(charge?.status);
    } else if (order.status === 'completed') {
      expect(charge?.captured, seen).toBe(order.total);
      expect(taken, seen).toBe(order.total - payment.refunded);
    } else if (OPEN.includes(order.status)) {
      expect(charge, seen).toMatchObject({
        status: 'authorised',
        amount: order.total,
        captured: 0,
      });
    } else {
      // Of what a cancellation costs, an admin may have given something back.
      expect(charge?.captured ?? 0, seen).toBe(order.cancelFee);
      expect(taken, seen).toBe(order.cancelFee - payment.refunded);
      expect(['authorised', 'pending'], seen).not.toContain(charge?.status);
    }
  }
  const [unpaid] = await db().execute(sql`
    SELECT count(*)::int AS count FROM orders o WHERE o.customer_id = ${town.customer.userId}
      AND NOT EXISTS (SELECT FROM payments p WHERE p.order_id = o.id)`);
  expect(unpaid).toEqual({ count: 0 });
}

/** A cancellation that costs something is given back after all. */
const feeGivenBack = (
  ['start', 'customer_cancels', 'wait', 'wait', 'wait', 'round', 'round', 'refund'] as const
).map((what): Command => ({ what, card: 'approves', pick: 0 }));

it('whatever is lost on the way, orders and money come together again', async () => {
  const anyCommand = fc.record({
    what: fc.constantFrom(...commands),
    card: fc.constantFrom(...TEST_CARDS.map(({ behaviour }) => behaviour)),
    pick: fc.nat(5),
  });
  const story = fc.array(anyCommand, { minLength: 10, maxLength: 45 });
  await fc.assert(
    fc.asyncProperty(story, fc.integer(), async (told, seed) => {
      const town = await makeTown(db(), { autoAccept: true });
      const driver = await makeDriver(db(), town, { capacity: 10 });
      const world = {
        town,
        driver,
        random: seededRandom(seed),
        ahead: 0,
        startedAt: new Date(),
        orderIds: [],
      };
      await run(world, { what: 'place', card: 'approves', pick: 0 });
      for (const command of told) await run(world, command);
      await calmDown(world);
      await expectConsistent(town);
    }),
    {
      numRuns: 30,
      examples: [[feeGivenBack, 1]],
      // What fails is told, however much longer making it smaller would take.
      ...{ interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
    },
  );
}, 120_000);
