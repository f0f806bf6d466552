import { type SQL, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATES, deliveryMachine } from '@/domain/delivery';
import { allSteps, type Machine } from '@/domain/machine';
import { OFFER_STATES, offerMachine } from '@/domain/offer';
import { ORDER_STATES, orderMachine } from '@/domain/order';
import { PAYMENT_STATES, paymentMachine } from '@/domain/payment';
import type { Viewer } from '@/domain/roles';
import { placeTestOrder } from '@/services/testing';
import { sqlState, type Transaction } from './client';
import { testDatabase } from './testing/test-database';
import { makeDriver, makeTown, type Town } from './testing/town';

const database = testDatabase();
const db = () => database.connection.db;

const ILLEGAL = 'HF001';
const FULL = 'HF002';
const DUPLICATE = '23505';
const CHECK = '23514';
const EXCLUDED = '23P01';

type Typing = Pick<Transaction, 'execute'>;

/** How the database answers to what is typed: the SQLSTATE of its refusal, or null. */
async function answerTo(statement: SQL, typist: Typing = db()): Promise<string | null> {
  try {
    await typist.execute(statement);
    return null;
  } catch (error) {
    return sqlState(error) ?? 'not a refusal of the database';
  }
}

/** An accepted order with its delivery, in a town with two drivers. */
async function scene() {
  const town = await makeTown(db(), { autoAccept: true });
  const [ana, ben] = [await makeDriver(db(), town), await makeDriver(db(), town)];
  return { town, ana, ben, ...(await order(town)) };
}

async function order(town: Town) {
  const orderId = await placeTestOrder(db(), town);
  const [row] = await db().execute<{ id: string }>(
    sql`SELECT id FROM deliveries WHERE order_id = ${orderId}`,
  );
  return { orderId, deliveryId: row?.id ?? '' };
}

const offer = (ids: { orderId: string; deliveryId: string }, driver: Viewer, status = 'pending') =>
  sql`INSERT INTO offers (delivery_id, order_id, driver_id, driver_name, status, attempt, round,
        pickup_distance_m, expires_at)
      VALUES (${ids.deliveryId}, ${ids.orderId}, ${driver.userId}, ${driver.name}, ${status}, 1, 0,
        100, now() + interval '1 minute')`;

const assign = (deliveryId: string, driver: Viewer) =>
  sql`UPDATE deliveries SET status = 'assigned', driver_id = ${driver.userId}
      WHERE id = ${deliveryId}`;

/** The commands that lead from the initial state to each state, shortest first. */
function waysTo<State extends string, Command extends string>(machine: Machine<State, Command>) {
  const ways = new Map<State, State[]>([[machine.initial, []]]);
  for (const [state, way] of ways) {
    for (const step of allSteps(machine)) {
      if (step.from === state && !ways.has(step.to)) ways.set(step.to, [...way, step.to]);
    }
  }
  return ways;
}

/** Tries every step from every state by hand, each in a transaction that is rolled back. */
async function typedSteps<State extends string, Command extends string>(
  machine: Machine<State, Command>,
  states: readonly State[],
  write: (status: State) => SQL,
): Promise<string[]> {
  const taken: string[] = [];
  const undo = new Error('roll back');
  for (const [from, way] of waysTo(machine)) {
    for (const to of states.filter((state) => state !== from)) {
      await db()
        .transaction(async (tx) => {
          for (const status of way) await tx.execute(write(status));
          const refusal = await answerTo(write(to), tx);
          if (refusal === null) taken.push(`${from} → ${to}`);
          else expect(refusal, `${from} → ${to}`).toBe(ILLEGAL);
          throw undo;
        })
        .catch((error: unknown) => {
          if (error !== undo) throw error;
        });
    }
  }
  return taken.sort();
}

const stepsOf = (machine: Machine<string, string>) =>
  [
    ...new Set(
      allSteps(machine)
        .filter(({ from, to }) => from !== to)
        .map(({ from, to }) => `${from} → ${to}`),
    ),
  ].sort();

describe('a step typed by hand is taken if the machine has it, and refused otherwise', () => {
  it('orders', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const taken = await typedSteps(
      orderMachine,
      ORDER_STATES,
      (status) => sql`UPDATE orders SET status = ${status} WHERE id = ${orderId}`,
    );
    expect(taken).toEqual(stepsOf(orderMachine));
  });

  it('deliveries', async () => {
    const { deliveryId, ana } = await scene();
    const taken = await typedSteps(deliveryMachine, DELIVERY_STATES, (status) =>
      status === 'assigned'
        ? assign(deliveryId, ana)
        : sql`UPDATE deliveries SET status = ${status} WHERE id = ${deliveryId}`,
    );
    expect(taken).toEqual(stepsOf(deliveryMachine));
  });

  it('offers', async () => {
    const ids = await scene();
    await db().execute(offer(ids, ids.ana));
    const taken = await typedSteps(
      offerMachine,
      OFFER_STATES,
      (status) => sql`UPDATE offers SET status = ${status} WHERE order_id = ${ids.orderId}`,
    );
    expect(taken).toEqual(stepsOf(offerMachine));
  });

  it('payments', async () => {
    const town = await makeTown(db());
    const orderId = await placeTestOrder(db(), town);
    const taken = await typedSteps(
      paymentMachine,
      PAYMENT_STATES,
      (status) => sql`UPDATE payments SET status = ${status} WHERE order_id = ${orderId}`,
    );
    expect(taken).toEqual(stepsOf(paymentMachine));
  });

  it('to a state that does not exist is refused as well', async () => {
    const { orderId } = await scene();
    expect(await answerTo(sql`UPDATE orders SET status = 'eaten' WHERE id = ${orderId}`)).toBe(
      ILLEGAL,
    );
  });
});

describe('nothing begins in the middle', () => {
  it('an order begins as placed', async () => {
    const { orderId } = await scene();
    const copy = sql`
      INSERT INTO orders SELECT (jsonb_populate_record(o, jsonb_build_object(
        'id', uuid_v7(), 'number', nextval('order_numbers')))).* FROM orders o
      WHERE id = ${orderId}`;
    expect(await answerTo(copy)).toBe(ILLEGAL);
  });

  it('a delivery begins as unassigned, an offer and a payment as pending', async () => {
    const ids = await scene();
    const assigned = sql`
      INSERT INTO deliveries (order_id, zone_id, pickup, pay, status, driver_id)
      SELECT order_id, zone_id, pickup, pay, 'assigned', ${ids.ana.userId} FROM deliveries
      WHERE id = ${ids.deliveryId}`;
    expect(await answerTo(assigned)).toBe(ILLEGAL);
    expect(await answerTo(offer(ids, ids.ana, 'accepted'))).toBe(ILLEGAL);
    const paid = sql`
      INSERT INTO payments (customer_id, method, provider, currency, amount, status)
      VALUES (${ids.town.customer.userId}, 'card', 'sandbox', 'EUR', 100, 'captured')`;
    expect(await answerTo(paid)).toBe(ILLEGAL);
  });
});

describe('a driver', () => {
  it('is not exchanged without a step, nor beside one', async () => {
    const { deliveryId, ana, ben } = await scene();
    await db().execute(assign(deliveryId, ana));
    const swap = sql`UPDATE deliveries SET driver_id = ${ben.userId} WHERE id = ${deliveryId}`;
    expect(await answerTo(swap)).toBe(ILLEGAL);
    const alongside = sql`UPDATE deliveries SET status = 'at_pickup', driver_id = ${ben.userId}
      WHERE id = ${deliveryId}`;
    expect(await answerTo(alongside)).toBe(ILLEGAL);
    const [row] = await db().execute(
      sql`SELECT driver_id FROM deliveries WHERE id = ${deliveryId}`,
    );
    expect(row).toEqual({ driver_id: ana.userId });
  });

  it('is not left out of a delivery that somebody carries, nor put into one that is open', async () => {
    const { deliveryId, ana } = await scene();
    const nobody = sql`UPDATE deliveries SET status = 'assigned' WHERE id = ${deliveryId}`;
    expect(await answerTo(nobody)).toBe(CHECK);
    const early = sql`UPDATE deliveries SET driver_id = ${ana.userId} WHERE id = ${deliveryId}`;
    expect(await answerTo(early)).toBe(ILLEGAL);
  });

  it('carries no more than they have room for', async () => {
    const { town, deliveryId, ana } = await scene();
    await db().execute(assign(deliveryId, ana));
    const second = await order(town);
    expect(await answerTo(assign(second.deliveryId, ana))).toBe(FULL);
    await db().execute(sql`UPDATE drivers SET capacity = 2 WHERE user_id = ${ana.userId}`);
    expect(await answerTo(assign(second.deliveryId, ana))).toBeNull();
  });

  it('is asked about one delivery at a time', async () => {
    const first = await scene();
    const second = await order(first.town);
    expect(await answerTo(offer(first, first.ana))).toBeNull();
    expect(await answerTo(offer(second, first.ana))).toBe(EXCLUDED);
    await db().execute(sql`UPDATE offers SET status = 'expired' WHERE order_id = ${first.orderId}`);
    expect(await answerTo(offer(second, first.ana))).toBeNull();
  });

  it('is asked about a run of several orders, and no second one', async () => {
    const { town, ana, ...first } = await scene();
    const [second, third] = [await order(town), await order(town)];
    const run = '01900000-0000-7000-8000-000000000001';
    const ask = (ids: typeof second, runId: string, stop: number) => sql`
      INSERT INTO offers (delivery_id, order_id, driver_id, driver_name, attempt, round,
        pickup_distance_m, expires_at, run_id, run_stop, run_size)
      VALUES (${ids.deliveryId}, ${ids.orderId}, ${ana.userId}, ${ana.name}, 1, 0, 100,
        now() + interval '1 minute', ${runId}, ${stop}, 2)`;
    expect(await answerTo(ask(first, run, 1))).toBeNull();
    expect(await answerTo(ask(second, run, 2))).toBeNull();
    const other = run.replace('1900000', '1900001');
    expect(await answerTo(ask(third, other, 1))).toBe(EXCLUDED);
    expect(await answerTo(ask(third, run, 3))).toBe(CHECK);
  });

  it('is asked several things at once where the zone says so', async () => {
    const { town, ana, ...first } = await scene();
    const available = async () => {
      const [row] = await db().execute<{ available: boolean }>(
        sql`SELECT available FROM driver_positions WHERE driver_id = ${ana.userId}`,
      );
      return row?.available;
    };
    const knob = (value: number) => sql`
      UPDATE zones SET dispatch_policy = ${JSON.stringify({ parallelOffersPerDriver: value })}::jsonb
      WHERE id = ${town.zoneId}`;
    await db().execute(knob(2));
    await db().execute(offer(first, ana));
    expect(await available()).toBe(true);
    await db().execute(knob(1));
    await db().execute(sql`UPDATE drivers SET capacity = 3 WHERE user_id = ${ana.userId}`);
    expect(await available()).toBe(false);
  });
});

it('one offer of a delivery is accepted, until its driver has given the delivery back', async () => {
  const ids = await scene();
  await db().execute(offer(ids, ids.ana));
  await db().execute(offer(ids, ids.ben));
  const accept = (driver: Viewer) => sql`
    UPDATE offers SET status = 'accepted'
    WHERE delivery_id = ${ids.deliveryId} AND driver_id = ${driver.userId}`;
  expect(await answerTo(accept(ids.ana))).toBeNull();
  expect(await answerTo(accept(ids.ben))).toBe(DUPLICATE);
  await db().execute(sql`
    UPDATE offers SET released_at = now() WHERE driver_id = ${ids.ana.userId}`);
  expect(await answerTo(accept(ids.ben))).toBeNull();
});

it('an order has one payment that holds or moves money, and a request one payment', async () => {
  const { orderId, town } = await scene();
  const { userId } = town.customer;
  const second = sql`
    INSERT INTO payments (order_id, customer_id, method, provider, currency, amount)
    VALUES (${orderId}, ${userId}, 'cash', 'cash', 'EUR', 100)`;
  expect(await answerTo(second)).toBe(DUPLICATE);
  await db().execute(sql`UPDATE payments SET status = 'released' WHERE order_id = ${orderId}`);
  expect(await answerTo(second)).toBeNull();
  const request = sql`
    INSERT INTO payments (customer_id, request_key, method, provider, currency, amount)
    VALUES (${userId}, ${orderId}, 'card', 'sandbox', 'EUR', 100)`;
  expect(await answerTo(request)).toBeNull();
  expect(await answerTo(request)).toBe(DUPLICATE);
});

it('the order shows how its payment stands, whoever changes it', async () => {
  const { orderId } = await scene();
  await db().execute(sql`UPDATE payments SET status = 'released' WHERE order_id = ${orderId}`);
  const [row] = await db().execute(sql`SELECT payment_status FROM orders WHERE id = ${orderId}`);
  expect(row).toEqual({ payment_status: 'released' });
});

it.each([
  ['a total that does not add up', sql`UPDATE orders SET total = total + 1`],
  ['no dishes', sql`UPDATE orders SET item_count = 0`],
  ['a negative price', sql`UPDATE menu_items SET price = -1`],
  ['an e-mail in capitals', sql`UPDATE users SET email = upper(email)`],
  ['an unknown role', sql`UPDATE users SET role = 'owner'`],
  ['more discount than there is to pay', sql`UPDATE orders SET discount = 99999, total = 0`],
  ['a slot without an end', sql`UPDATE orders SET slot_from = now()`],
  ['a PIN of letters', sql`UPDATE orders SET pin = 'abcd'`],
  ['more captured than held', sql`UPDATE payments SET captured = amount + 1`],
  ['more refunded than captured', sql`UPDATE payments SET refunded = 1`],
  ['half a line', sql`UPDATE order_lines SET quantity = 0`],
])('%s is refused', async (_, statement) => {
  await scene();
  expect(await answerTo(statement)).toBe(CHECK);
});
