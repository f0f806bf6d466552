import * as v from 'valibot';
import { stored } from '@/components/shared/stored';
import {
  type DeliveryStatus,
  type DriverStep,
  deliveryMachine,
  FAIL_REASONS,
  HAND_BACK_REASONS,
} from '@/domain/delivery';
import type { ProofInput } from '@/domain/handover';
import type { Job } from './job-words';

/** What proves a handover, as the driver has it in hand: a picture is not with the server yet. */
export type Brought = ProofInput | { kind: 'photo' | 'signature'; picture: string };

export type DriverAct =
  | { kind: 'step'; step: DriverStep; proof: Brought | null }
  | { kind: 'fail'; reason: (typeof FAIL_REASONS)[number] }
  | { kind: 'hand_back'; reason: (typeof HAND_BACK_REASONS)[number] };

/** Something that a driver did and the server has not answered yet. */
export type QueuedAct = {
  /** Its idempotency key: whatever is lost on the way, it happens once. */
  key: string;
  deliveryId: string;
  orderNumber: number;
  act: DriverAct;
  /** When it was done, by this device. */
  at: string;
  /** It could not be sent at once: it is kept over a reload, and the page goes on as if it had been. */
  kept: boolean;
  /** Why the server did not take it; nothing after it is sent before somebody has looked. */
  refused: { reason: string; message: string; hint: string | null } | null;
};

const Steps = v.picklist([
  'arrive_pickup',
  'pick_up',
  'arrive_dropoff',
  'deliver',
  'return',
  'finish_return',
]);

const BroughtSchema = v.variant('kind', [
  v.object({ kind: v.literal('pin'), pin: v.string() }),
  v.object({ kind: v.literal('none'), reason: v.string() }),
  v.object({ kind: v.literal('signed_name'), name: v.string() }),
  v.object({ kind: v.literal('photo'), picture: v.string() }),
  v.object({ kind: v.literal('signature'), picture: v.string() }),
  v.object({ kind: v.literal('photo'), proofId: v.string() }),
  v.object({ kind: v.literal('signature'), proofId: v.string() }),
]);

const QueueSchema = v.array(
  v.object({
    key: v.string(),
    deliveryId: v.string(),
    orderNumber: v.number(),
    act: v.variant('kind', [
      v.object({ kind: v.literal('step'), step: Steps, proof: v.nullable(BroughtSchema) }),
      v.object({ kind: v.literal('fail'), reason: v.picklist(FAIL_REASONS) }),
      v.object({ kind: v.literal('hand_back'), reason: v.picklist(HAND_BACK_REASONS) }),
    ]),
    at: v.string(),
    kept: v.boolean(),
    refused: v.nullable(
      v.object({ reason: v.string(), message: v.string(), hint: v.nullable(v.string()) }),
    ),
  }),
);

/** Kept on this device, in the order in which it was done. */
export const stepQueue = stored<QueuedAct[]>('hotfoot-driver-steps', [], (value) =>
  // The schema says what was written here by this very code.
  v.is(QueueSchema, value) ? (value as QueuedAct[]) : null,
);

function after(status: DeliveryStatus, act: DriverAct): DeliveryStatus {
  const command = act.kind === 'step' ? act.step : act.kind === 'fail' ? 'fail' : 'unassign';
  return deliveryMachine.steps[status][command] ?? status;
}

/** The jobs as they will stand once everything kept has been sent. */
export function foresee(jobs: readonly Job[], queue: readonly QueuedAct[]): Job[] {
  return jobs.map((job) => {
    const own = queue.filter(({ deliveryId, kept }) => kept && deliveryId === job.delivery.id);
    if (own.length === 0) return job;
    const status = own.reduce((from, { act }) => after(from, act), job.delivery.status);
    return { ...job, delivery: { ...job.delivery, status, nearAt: null } };
  });
}
