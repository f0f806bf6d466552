import { z } from 'zod';
import type { createCaller } from '@/api/router';
import { conflict, invalid } from '@/domain/errors';
import { CANCEL_REASONS, ORDER_STATES, type OrderStatus, REJECT_REASONS } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { CancelByAdminInput } from '@/services/cancel-order';
import { ChangeAddressInput } from '@/services/change-address';
import { StepOrderInput } from '@/services/step-order';

type Api = ReturnType<typeof createCaller>;

const { address, note, at } = ChangeAddressInput.shape;
const Door = z.object({ dropoff: at, dropoffAddress: address, dropoffNote: note.unwrap() });

/** What a step needs beside its name. */
const StepDetails = z.object({
  /** Of a rejection or a cancellation. */
  reason: z.enum([...new Set([...REJECT_REASONS, ...CANCEL_REASONS])]).optional(),
  prepMinutes: StepOrderInput.shape.prepMinutes,
  expectedFee: CancelByAdminInput.shape.expectedFee,
  payer: CancelByAdminInput.shape.payer,
});
const Status = z.enum(ORDER_STATES);

export const OrderPatch = StepDetails.extend({ status: Status.optional() }).extend(
  Door.partial().shape,
);
export const OrderPut = StepDetails.extend({ status: Status }).extend(Door.shape);
type Change = z.output<typeof OrderPatch>;

/** The kitchen's steps, by the state that each leads to. */
const KITCHEN_STEPS = {
  accepted: 'accept',
  rejected: 'reject',
  preparing: 'start',
  ready: 'finish',
  completed: 'complete',
} as const;

const noStep = (from: OrderStatus, to: OrderStatus) =>
  conflict({
    reason: 'illegal_step',
    message: `No step leads from ${from} to ${to}.`,
    hint: 'Look at its present state.',
  });

const unfitReason = () =>
  invalid({
    reason: 'reason_unfit',
    message: 'This reason does not fit this step.',
    hint: 'Take one of those that the document names for it.',
  });

type Step = { api: Api; view: OrderView; change: Change; idempotencyKey: string };

async function cancel({ api, view, change, idempotencyKey }: Step): Promise<void> {
  const reason = z.enum(CANCEL_REASONS).safeParse(change.reason ?? 'other');
  if (!reason.success) throw unfitReason();
  const { expectedFee, payer } = change;
  const input = { orderId: view.order.id, reason: reason.data, expectedFee, idempotencyKey };
  const viewer = await api.auth.me();
  if (viewer?.role === 'customer') await api.orders.cancel(input);
  else await api.admin.cancel({ ...input, payer, seenVersion: view.versions.order });
}

async function takeStep(step: Step, to: OrderStatus): Promise<void> {
  const { api, view, change, idempotencyKey } = step;
  const { id: orderId, status } = view.order;
  if (to === 'cancelled') return cancel(step);
  if (to === 'placed' || to === 'expired') throw noStep(status, to);
  if (to === 'accepted' && status === 'cancelled') {
    await api.admin.restore({ orderId, idempotencyKey, seenVersion: view.versions.order });
    return;
  }
  const viewer = await api.auth.me();
  if (to === 'completed' && viewer?.role === 'customer') {
    await api.orders.collect({ orderId, idempotencyKey });
    return;
  }
  const reason = z.enum(REJECT_REASONS).optional().safeParse(change.reason);
  if (!reason.success) throw unfitReason();
  const { prepMinutes } = change;
  await api.kitchen.step({
    ...{ orderId, command: KITCHEN_STEPS[to], idempotencyKey },
    ...(reason.data ? { reason: reason.data } : {}),
    ...(prepMinutes === undefined ? {} : { prepMinutes }),
  });
}

function doorOf({ order }: OrderView, change: Change) {
  const door = {
    at: change.dropoff ?? order.dropoff,
    address: change.dropoffAddress ?? order.dropoffAddress,
    note: change.dropoffNote ?? order.dropoffNote,
  };
  const moved =
    door.at.lat !== order.dropoff.lat ||
    door.at.lng !== order.dropoff.lng ||
    door.address !== order.dropoffAddress ||
    door.note !== order.dropoffNote;
  return moved ? door : null;
}

/**
 * Takes the one step, or makes the one change, that a body asks for. Two at once would not be one
 * transaction, and are refused.
 */
export async function changeOrder(
  api: Api,
  orderId: string,
  change: Change,
  idempotencyKey: string,
): Promise<void> {
  const { view } = await api.orders.get({ orderId });
  const door = doorOf(view, change);
  const { status } = change;
  const step = status !== undefined && status !== view.order.status ? status : null;
  if (step && door) {
    throw invalid({
      reason: 'one_change_at_a_time',
      message: 'A step and another door are two changes.',
      hint: 'Send one after the other.',
    });
  }
  if (step) await takeStep({ api, view, change, idempotencyKey }, step);
  if (door) {
    const seenVersion = view.versions.order;
    await api.admin.changeAddress({ ...door, orderId, idempotencyKey, seenVersion });
  }
}
