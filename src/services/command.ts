import { z } from 'zod';
import { type Queryable, sqlState, type Transaction } from '@/db/client';
import { type DeliveryRow, findDelivery } from '@/db/queries/deliveries';
import { nameActor, readStream, versionOf } from '@/db/queries/events';
import {
  claimKey,
  findKey,
  findKeyInTurn,
  keepAnswer,
  storeResponse,
} from '@/db/queries/idempotency';
import { lockOrder, lockOrderOf, lockOrders } from '@/db/queries/order-locks';
import type { OrderRow } from '@/db/queries/orders';
import { sha256 } from '@/domain/digest';
import { conflict, invalid, notFound, Refusal, unauthenticated } from '@/domain/errors';
import { isNobodysDoing } from '@/domain/hands-on';
import type { ServiceContext } from './context';

/** Every mutation carries one: the same key and request give the same answer. */
export const IdempotencyKey = z.object({ idempotencyKey: z.uuid() });

type Command = {
  /** The use case's name, e.g. `accept-offer`. */
  name: string;
  /** The request as it came, its idempotency key included; null for the platform's own commands. */
  request: z.infer<typeof IdempotencyKey> | null;
};

const hashOf = (request: unknown): Promise<string> => sha256(JSON.stringify(request));

/** What an idempotency key stands for. */
type Meant = { operation: string; requestHash: string };

async function meantBy({ asked }: ServiceContext, { name, request }: Command): Promise<Meant> {
  if (asked) return { operation: asked.name, requestHash: await hashOf(asked.request) };
  const { idempotencyKey: _, ...sent } = request ?? {};
  return { operation: name, requestHash: await hashOf(sent) };
}

/** The key of a request with what it stands for; null: it has none, or nobody asks. */
async function claimOf(ctx: ServiceContext, command: Command) {
  if (!command.request || !ctx.viewer) return null;
  const meant = await meantBy(ctx, command);
  return { userId: ctx.viewer.userId, key: command.request.idempotencyKey, ...meant };
}

type Stored = Meant & { response: unknown };

function answerUnder<Answer>(stored: Stored, meant: Meant): Answer {
  if (stored.operation !== meant.operation || stored.requestHash !== meant.requestHash) {
    throw invalid({
      reason: 'idempotency_key_reused',
      message: 'This idempotency key was used for another request.',
      hint: 'Make a new key for each new request.',
    });
  }
  // The stored answer is what `work` returned for this very operation and request.
  return stored.response as Answer;
}

/** The answer that this very request had before, or null: for work that begins outside a transaction. */
export async function answeredBefore<Answer>(
  ctx: ServiceContext,
  command: Command,
): Promise<Answer | null> {
  const claim = await claimOf(ctx, command);
  const stored = claim && (await findKey(ctx.db, claim));
  return stored && answerUnder<Answer>(stored, claim);
}

/** What the database refuses on its own, in our words. */
function translate(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  switch (sqlState(error)) {
    case 'HF001':
      return conflict({
        reason: 'illegal_step',
        message: 'This step is not possible in the present state.',
        hint: 'Look at the present state and try again.',
      });
    case 'HF002':
      return conflict({
        reason: 'driver_full',
        message: 'This driver carries as much as they can.',
        hint: 'Choose another driver, or wait for the next delivery to be done.',
      });
    case 'HF003':
      return conflict({
        reason: 'driver_blocked',
        message: 'This driver is blocked and can’t work.',
        hint: 'Choose another driver.',
      });
    case 'HF004':
      return conflict({
        reason: 'zone_retired',
        message: 'This zone has been retired.',
        hint: 'Choose another zone.',
      });
    case 'HF005':
      return conflict({
        reason: 'account_erased',
        message: 'This account has been deleted.',
        hint: 'Open a new one.',
      });
    case '23505':
    case '23P01':
    case '40001':
    case '40P01':
      return conflict({
        reason: 'changed_meanwhile',
        message: 'Somebody changed this at the same moment.',
        hint: 'Look at the present state and try again.',
      });
    default:
      return error;
  }
}

/** `begin` changes nothing that the log tells: it needs no actor yet, and goes along with its name. */
async function inTransaction<Begun, Answer>(
  ctx: ServiceContext,
  begin: (tx: Transaction) => Promise<Begun>,
  work: (tx: Transaction, begun: Begun) => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await ctx.db.transaction(async (tx) => {
      const [begun] = await Promise.all([begin(tx), nameActor(tx, ctx.actor, ctx.via)]);
      return work(tx, begun);
    });
    ctx.committed();
    return answer;
  } catch (error) {
    throw translate(error);
  }
}

/** Runs `work` in one transaction under the actor's name, at most once per idempotency key. */
export async function runCommand<Answer>(
  ctx: ServiceContext,
  command: Command,
  work: (tx: Transaction) => Promise<Answer>,
): Promise<Answer> {
  const claim = await claimOf(ctx, command);
  return inTransaction(
    ctx,
    async (tx) => claim && claimKey(tx, claim),
    async (tx, stored) => {
      if (!claim) return work(tx);
      if (stored) return answerUnder<Answer>(stored, claim);
      const answer = await work(tx);
      await storeResponse(tx, claim, answer ?? null);
      return answer;
    },
  );
}

/**
 * As `runCommand`, for work that reads much before it writes: `prepare` reads in the same round trip in which
 * a request waits for its like. From the first write of `work` on, and no earlier, the transaction holds
 * back what feeds may show. `work` gives its answer to `keep` along with its last writes.
 */
export async function runPreparedCommand<Prepared, Answer>(
  ctx: ServiceContext,
  command: Command,
  prepare: (tx: Transaction) => Promise<Prepared>,
  work: (
    tx: Transaction,
    prepared: Prepared,
    keep: (answer: Answer) => Promise<void>,
  ) => Promise<Answer>,
): Promise<Answer> {
  const claim = await claimOf(ctx, command);
  if (!claim) throw unauthenticated();
  return inTransaction(
    ctx,
    (tx) => Promise.all([findKeyInTurn(tx, claim), prepare(tx)]),
    (tx, [stored, prepared]) =>
      stored
        ? Promise.resolve(answerUnder<Answer>(stored, claim))
        : work(tx, prepared, (response) => keepAnswer(tx, { ...claim, response })),
  );
}

/** More than anybody can be behind who means what they do. */
const MOST_EVENTS = 500;

/** Refuses who names a version since which somebody has done something to the order. */
export async function checkVersion(
  db: Queryable,
  ctx: ServiceContext,
  orderId: string,
): Promise<void> {
  const { onlyAtVersion: seen } = ctx;
  if (seen === undefined) return;
  const since = await readStream(db, orderId, seen, MOST_EVENTS);
  const version = await versionOf(db, orderId);
  const read = seen <= version && since.length < MOST_EVENTS;
  if (read && since.every(({ type }) => isNobodysDoing(type))) return;
  throw conflict({
    reason: 'version_passed',
    message: 'This order has changed since the version that you named.',
    hint: 'Read it again and decide anew.',
    data: { version },
  });
}

/**
 * As `runCommand`, for changes of orders: takes their locks before anything is written, so that the order of
 * transaction ids is that of the changes. `lock` may read besides, in the same round trip. A repetition
 * waits at the same locks for the first, and finds its answer behind them.
 */
async function runUnderLock<Locked, Answer>(
  ctx: ServiceContext,
  command: Command,
  lock: (tx: Transaction) => Promise<Locked>,
  work: (tx: Transaction, locked: Locked) => Promise<Answer>,
): Promise<Answer> {
  const claim = await claimOf(ctx, command);
  return inTransaction(
    ctx,
    (tx) => Promise.all([lock(tx), claim && findKeyInTurn(tx, claim)]),
    async (tx, [locked, stored]) => {
      if (claim && stored) return answerUnder<Answer>(stored, claim);
      const answer = await work(tx, locked);
      if (claim) await keepAnswer(tx, { ...claim, response: answer ?? null });
      return answer;
    },
  );
}

/** As `runCommand`, for a change of one order, under its lock. */
export async function runOrderCommand<Answer>(
  ctx: ServiceContext,
  command: Command,
  orderId: string,
  work: (tx: Transaction, order: OrderRow) => Promise<Answer>,
): Promise<Answer> {
  const lock = (tx: Transaction) => lockOrder(tx, orderId);
  return runUnderLock<OrderRow | null, Answer>(ctx, command, lock, async (tx, order) => {
    if (!order) throw notFound('order');
    await checkVersion(tx, ctx, orderId);
    return work(tx, order);
  });
}

/** As `runOrderCommand`, for a step of a delivery, which comes as it stands under the lock of its order. */
export async function runDeliveryCommand<Answer>(
  ctx: ServiceContext,
  command: Command,
  deliveryId: string,
  work: (tx: Transaction, locked: { order: OrderRow; delivery: DeliveryRow }) => Promise<Answer>,
): Promise<Answer> {
  const lock = (tx: Transaction) =>
    Promise.all([lockOrderOf(tx, deliveryId), findDelivery(tx, deliveryId)]);
  type Locked = Awaited<ReturnType<typeof lock>>;
  return runUnderLock<Locked, Answer>(ctx, command, lock, async (tx, [order, delivery]) => {
    if (!order || !delivery) throw notFound('delivery');
    await checkVersion(tx, ctx, order.id);
    return work(tx, { order, delivery });
  });
}

/** As `runOrderCommand`, for a change of several orders at once: all of it, or nothing. */
export async function runOrdersCommand<Answer>(
  ctx: ServiceContext,
  command: Command,
  orderIds: readonly string[],
  work: (tx: Transaction, orders: OrderRow[]) => Promise<Answer>,
): Promise<Answer> {
  return runUnderLock<OrderRow[], Answer>(ctx, command, (tx) => lockOrders(tx, orderIds), work);
}
