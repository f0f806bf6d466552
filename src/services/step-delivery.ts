import { z } from 'zod';
import type { Transaction } from '@/db/client';
import {
  countWrongPin,
  type DeliveryRow,
  findDelivery,
  setStepTime,
  stepDelivery as step,
} from '@/db/queries/deliveries';
import { type OrderRow, stepOrder } from '@/db/queries/orders';
import { findProofOf } from '@/db/queries/proofs';
import {
  type DeliveryImage,
  DRIVER_STEPS,
  deliveryMachine,
  FAIL_REASONS,
  isCarried,
} from '@/domain/delivery';
import { conflict, ensured, invalid, notFound } from '@/domain/errors';
import { judgeHandover, wrongPin } from '@/domain/handover';
import { ProofInput } from '@/domain/handover-proof';
import { checkStepTime } from '@/domain/step-time';
import { IdempotencyKey, runDeliveryCommand, runOrderCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { hurrySearches } from './hurry-searches';
import { settleOrder } from './settle-order';
import { unwindOrder } from './unwind-order';

const OwnDeliveryInput = IdempotencyKey.extend({
  deliveryId: z.uuid(),
  /** When it happened, of what was kept while there was no network; left out: now. */
  occurredAt: z.iso.datetime({ offset: true }).optional(),
});
export const StepDeliveryInput = OwnDeliveryInput.extend({
  step: z.enum(DRIVER_STEPS),
  /** For the step *deliver* of an order with a PIN. */
  proof: ProofInput.optional(),
});
export const FailDeliveryInput = OwnDeliveryInput.extend({ reason: z.enum(FAIL_REASONS) });

export async function ownDelivery(ctx: ServiceContext, driverId: string, deliveryId: string) {
  const delivery = await findDelivery(ctx.db, deliveryId);
  if (!delivery || delivery.driverId !== driverId) throw notFound('delivery');
  return delivery;
}

export const notNow = (status: string) =>
  conflict({
    reason: 'illegal_step',
    message: `A delivery that is ${status} can’t take this step.`,
    hint: 'Look at the next step on your screen.',
  });

const latest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((last, time) => (time && (!last || time > last) ? time : last), null);

/** What a key stands for: the same step sent again may say then, and only then, when it was taken. */
const withoutTime = <Input extends { occurredAt?: string | undefined }>(input: Input) => ({
  ...input,
  occurredAt: undefined,
});

/** Lets what follows bear the time at which it happened; refused where that can't be. */
async function timeStep(
  tx: Transaction,
  known: DeliveryRow,
  occurredAt: string | undefined,
  now: Date,
): Promise<void> {
  if (!occurredAt) return;
  const { assignedAt, atPickupAt, pickedUpAt, atDropoffAt } = known;
  const previous = latest([assignedAt, atPickupAt, pickedUpAt, atDropoffAt]);
  await setStepTime(tx, checkStepTime(new Date(occurredAt), previous, now));
}

/** The picture that was brought forward has to be of this very handover. */
async function checkProof(
  tx: Transaction,
  known: DeliveryRow,
  given: ProofInput | undefined,
  driverId: string,
): Promise<string | null> {
  if (given?.kind !== 'photo' && given?.kind !== 'signature') return null;
  const { proofId: id, kind } = given;
  const found = await findProofOf(tx, { id, deliveryId: known.id, driverId, kind });
  if (found) return found.id;
  throw invalid({
    reason: 'proof_unknown',
    message: 'There is no such picture of this handover.',
    hint: 'Take it again.',
  });
}

/** Food in the driver's hands is ready, whether or not the kitchen has said so. */
async function markReady(tx: Transaction, order: OrderRow): Promise<void> {
  if (order.status === 'accepted') await stepOrder(tx, order.id, 'start');
  if (order.status !== 'ready') await stepOrder(tx, order.id, 'finish');
}

/** What it is about is checked under the lock, so that it can't fail. */
async function take(...taken: Parameters<typeof step>): Promise<DeliveryImage> {
  return ensured(await step(...taken), 'a step that was checked under the lock');
}

/** Hands the order over, or counts the wrong PIN: that has to stay, so it is no error yet. */
async function handOver(
  tx: Transaction,
  { order, delivery: known }: { order: OrderRow; delivery: DeliveryRow },
  input: z.infer<typeof StepDeliveryInput>,
  driverId: string,
  now: Date,
): Promise<DeliveryImage | { wrongPin: number }> {
  const proofId = await checkProof(tx, known, input.proof, driverId);
  const verdict = judgeHandover(order, input.proof, known.pinFailures);
  if (verdict.kind === 'refused') throw verdict.refusal;
  if (verdict.kind === 'wrong_pin') {
    await countWrongPin(tx, input.deliveryId);
    return { wrongPin: verdict.left };
  }
  await timeStep(tx, known, input.occurredAt, now);
  const { proof, reason } = verdict;
  const signedBy = input.proof?.kind === 'signed_name' ? input.proof.name : null;
  const change = { proof, reason, proofId, signedBy };
  const [delivery, completed] = await Promise.all([
    take(tx, input.deliveryId, 'deliver', change, { driverId }),
    stepOrder(tx, order.id, 'complete'),
  ]);
  if (completed) await settleOrder(tx, order, now);
  return delivery;
}

/** The driver takes the next step of their delivery. */
export async function stepDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof StepDeliveryInput>,
): Promise<DeliveryImage> {
  const viewer = requireRole(ctx, 'driver');
  const driverId = viewer.userId;
  const { deliveryId } = input;
  const command = { name: 'step-delivery', request: withoutTime(input) };
  type Answer = Awaited<ReturnType<typeof handOver>>;
  const answer = await runDeliveryCommand<Answer>(ctx, command, deliveryId, async (tx, locked) => {
    const { order, delivery: before } = locked;
    if (before.driverId !== driverId) throw notFound('delivery');
    if (!deliveryMachine.steps[before.status][input.step]) throw notNow(before.status);
    if (input.step === 'deliver') return handOver(tx, locked, input, driverId, ctx.now());
    await timeStep(tx, before, input.occurredAt, ctx.now());
    const [delivery] = await Promise.all([
      take(tx, deliveryId, input.step, {}, { driverId }),
      input.step === 'pick_up' ? markReady(tx, order) : null,
    ]);
    return delivery;
  });
  if ('wrongPin' in answer) throw wrongPin(answer.wrongPin);
  // Whoever has handed over has room: what waits near them is looked at now.
  if (!isCarried(answer.status)) await hurrySearches(ctx, driverId);
  return answer;
}

/** The driver can't hand it over: the order ends, and the food goes back. */
export async function failDelivery(
  ctx: ServiceContext,
  input: z.infer<typeof FailDeliveryInput>,
): Promise<DeliveryImage> {
  const viewer = requireRole(ctx, 'driver');
  const known = await ownDelivery(ctx, viewer.userId, input.deliveryId);
  const command = { name: 'fail-delivery', request: withoutTime(input) };
  return runOrderCommand(ctx, command, known.orderId, async (tx, order) => {
    const before = ensured(await findDelivery(tx, input.deliveryId), 'the delivery of this order');
    const { reason } = input;
    await timeStep(tx, before, input.occurredAt, ctx.now());
    const guard = { driverId: viewer.userId };
    const delivery = await step(tx, input.deliveryId, 'fail', { reason }, guard);
    if (!delivery) throw notNow(before.status);
    const by = { reason: 'delivery_failed', closedBy: 'driver' };
    if (await stepOrder(tx, order.id, 'cancel', by)) {
      await unwindOrder(tx, order, { foodHasLeft: true, moneyAt: ctx.now() });
    }
    return delivery;
  });
}
