import { z } from 'zod';
import { DELIVERY_STATES, PROOFS } from './delivery';

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
});
export type DeliveryImage = z.infer<typeof DeliveryImageSchema>;
