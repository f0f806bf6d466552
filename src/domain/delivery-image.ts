import { z } from 'zod';
import { DELIVERY_STATES, PROOFS } from './delivery';
import { STALL_KINDS, STALL_TOLD } from './stall-kinds';

const OptionalTime = z.string().nullable();

/** A delivery as it stands in snapshots and in the event log. */
export const DeliveryImageSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  status: z.enum(DELIVERY_STATES),
  driverId: z.string().nullable(),
  driverName: z.string().nullable(),
  driverVehicle: z.string().nullable(),
  /** What the driver earns for it, minor units of the order's currency. */
  pay: z.number().int().nullable(),
  /** How often drivers were asked in this search, and how far the search reaches now. */
  attempt: z.number().int().nullable(),
  radiusM: z.number().nullable(),
  nextAttemptAt: OptionalTime,
  assignedAt: OptionalTime,
  atPickupAt: OptionalTime,
  pickedUpAt: OptionalTime,
  atDropoffAt: OptionalTime,
  deliveredAt: OptionalTime,
  reason: z.string().nullable(),
  /** Set once, when the courier is nearly at the door. */
  imminentAt: OptionalTime,
  /** How the handover was proven; null before it. */
  proof: z.enum(PROOFS).nullable(),
  /** The picture that proves it, see `/api/proofs`; and who signed, where that was typed. */
  proofId: z.string().nullable(),
  signedBy: z.string().nullable(),
  /** Since when the driver seems to stand where the next step is taken. */
  nearAt: OptionalTime,
  /** Why the latest driver gave it back before the pickup. */
  handBackReason: z.string().nullable(),
  /** The run that it was taken on with, and its place in the order of handing over. */
  runId: z.string().nullable(),
  runStop: z.number().int().nullable(),
  /** Whom the dispatcher means to ask, as late as they have to leave; null: nobody yet, or asked. */
  planned: z
    .object({ driverId: z.string(), driverName: z.string(), leaveAt: z.string() })
    .nullable(),
  /** Null while its driver gets on. */
  stall: z
    .object({ kind: z.enum(STALL_KINDS), since: z.string(), told: z.enum(STALL_TOLD) })
    .nullable(),
});
export type DeliveryImage = z.infer<typeof DeliveryImageSchema>;
