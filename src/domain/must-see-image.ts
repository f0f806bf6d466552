import { z } from 'zod';
import { MUST_SEE_EVENTS, MUST_SEE_STATES, RUNG_KINDS } from './must-see';

/** Something that a kitchen has to acknowledge, as it stands in snapshots and in the event log. */
export const MustSeeImageSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  restaurantId: z.string(),
  event: z.enum(MUST_SEE_EVENTS),
  state: z.enum(MUST_SEE_STATES),
  raisedAt: z.string(),
  /** The rungs reached, in their order. */
  climbed: z.array(z.enum(RUNG_KINDS)),
  closedAt: z.string().nullable(),
  /** The actor, as in the log; null for all who need not know. */
  closedBy: z.string().nullable(),
});
export type MustSeeImage = z.infer<typeof MustSeeImageSchema>;
