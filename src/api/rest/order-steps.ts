import { z } from 'zod';
import { conflict } from '@/domain/errors';
import type { GeoPoint } from '@/domain/geo';
import { CANCEL_REASONS, ORDER_STATES, type OrderStatus, REJECT_REASONS } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { CancelByAdminInput, cancelOrder } from '@/services/cancel-order';
import { ChangeAddressInput, changeAddress } from '@/services/change-address';
import { collectOrder } from '@/services/collect-order';
import { answeredBefore, checkVersion } from '@/services/command';
import type { ServiceContext } from '@/services/context';
import { restoreOrder, StepOrderInput, stepOrder } from '@/services/step-order';
import { RestProblem } from './problem';

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
  new RestProblem(422, {
    reason: 'reason_unfit',
    detail: 'This reason does not fit this step.',
    hint: 'Take one of those that the document names for it.',
  });

const twoChanges = () =>
  new RestProblem(422, {
    reason: 'one_change_at_a_time',
    detail: 'A step and another door are two changes.',
    hint: 'Send one after the other.',
  });

const isSamePlace = (a: GeoPoint | undefined, b: GeoPoint): boolean =>
  a?.lat === b.lat && a.lng === b.lng;

type Wanted = { ctx: ServiceContext; view: OrderView; change: Change; idempotencyKey: string };

async function cancel({ ctx, view, change, idempotencyKey }: Wanted): Promise<void> {
  const reason = z.enum(CANCEL_REASONS).safeParse(change.reason ?? 'other');
  if (!reason.success) throw unfitReason();
  const { expectedFee, payer } = change;
  const orderId = view.order.id;
  await cancelOrder(ctx, { orderId, reason: reason.data, expectedFee, payer, idempotencyKey });
}

async function takeStep(wanted: Wanted, to: OrderStatus): Promise<void> {
  const { ctx, view, change, idempotencyKey } = wanted;
  const { id: orderId, status } = view.order;
  if (to === 'cancelled') return cancel(wanted);
  if (to === 'placed' || to === 'expired') throw noStep(status, to);
  if (to === 'accepted' && status === 'cancelled') {
    await restoreOrder(ctx, { orderId, idempotencyKey });
    return;
  }
  if (to === 'completed' && ctx.viewer?.role === 'customer') {
    await collectOrder(ctx, { orderId, idempotencyKey });
    return;
  }
  const reason = z.enum(REJECT_REASONS).optional().safeParse(change.reason);
  if (!reason.success) throw unfitReason();
  const { prepMinutes } = change;
  const command = KITCHEN_STEPS[to];
  await stepOrder(ctx, { orderId, command, reason: reason.data, prepMinutes, idempotencyKey });
}

async function moveDoor({ ctx, view, change, idempotencyKey }: Wanted): Promise<void> {
  const { order } = view;
  const door = {
    at: change.dropoff ?? order.dropoff,
    address: change.dropoffAddress ?? order.dropoffAddress,
    note: change.dropoffNote ?? order.dropoffNote,
  };
  const moved =
    !isSamePlace(door.at, order.dropoff) ||
    door.address !== order.dropoffAddress ||
    door.note !== order.dropoffNote;
  const request = { ...door, orderId: order.id, idempotencyKey };
  if (moved) await changeAddress(ctx, request);
  // It is there already: by this very request, or it was always.
  else if (!(await answeredBefore(ctx, { name: 'change-address', request }))) {
    await checkVersion(ctx.db, ctx, order.id);
  }
}

/** Takes the one step, or makes the one change, that a body asks for: two would not be one transaction. */
export async function patchOrder(wanted: Wanted): Promise<void> {
  const { status, dropoff, dropoffAddress, dropoffNote } = wanted.change;
  const door = [dropoff, dropoffAddress, dropoffNote].some((part) => part !== undefined);
  if (status && door) throw twoChanges();
  if (status) await takeStep(wanted, status);
  else await moveDoor(wanted);
}

/** As `patchOrder`, of a body that says all: what is so already is no change. */
export async function putOrder(wanted: Wanted): Promise<void> {
  const { view, change } = wanted;
  const { order } = view;
  const step = change.status !== undefined && change.status !== order.status;
  const there =
    isSamePlace(change.dropoff, order.dropoff) &&
    change.dropoffAddress === order.dropoffAddress &&
    change.dropoffNote === order.dropoffNote;
  if (step && !there) throw twoChanges();
  if (step && change.status) await takeStep(wanted, change.status);
  else await moveDoor(wanted);
}
