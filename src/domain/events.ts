import { z } from 'zod';
import { DeliveryImageSchema } from './delivery-image';
import { DriverImageSchema } from './driver-image';
import { MenuItemImageSchema } from './menu-image';
import { MessageImageSchema } from './message-image';
import { MustSeeImageSchema } from './must-see-image';
import { NoticeImageSchema } from './notice-image';
import { OfferImageSchema } from './offer';
import { OrderImageSchema } from './order-image';
import { RestaurantImageSchema } from './restaurant-image';

export const STREAM_KINDS = ['order', 'restaurant', 'driver'] as const;

/**
 * One line of the event log as clients see it. `data` holds the after-image of what changed;
 * `version` counts without gaps inside one stream. Written by triggers, see `drizzle/`.
 */
export const LogEventSchema = z.object({
  /** `<xid>.<position>`: unique, and the order of the log below its watermark. */
  id: z.string(),
  stream: z.enum(STREAM_KINDS),
  streamId: z.string(),
  version: z.number().int(),
  /** Past tense, `order.placed`, `offer.declined`, `delivery.picked_up`. */
  type: z.string(),
  data: z.object({
    order: OrderImageSchema.optional(),
    delivery: DeliveryImageSchema.optional(),
    offer: OfferImageSchema.optional(),
    restaurant: RestaurantImageSchema.optional(),
    menuItem: MenuItemImageSchema.optional(),
    driver: DriverImageSchema.optional(),
    message: MessageImageSchema.optional(),
    notice: NoticeImageSchema.optional(),
    mustSee: MustSeeImageSchema.optional(),
    /** Who was tied to a restaurant, or is not any more. */
    staffId: z.string().optional(),
  }),
  /** `user:<id>`, `system:<part>` or `database:<role>` for a change typed by hand. */
  actor: z.string(),
  at: z.string(),
  customerId: z.string().nullable(),
  driverId: z.string().nullable(),
  restaurantId: z.string().nullable(),
});
export type LogEvent = z.infer<typeof LogEventSchema>;

/** What a subscription yields: a whole view first, then the events that change it. */
export type LiveMessage<View> =
  | { kind: 'snapshot'; view: View }
  | { kind: 'resync'; reason: string; view: View }
  | { kind: 'event'; event: LogEvent };

/** As `LiveMessage` for feeds in which much happens: what came together goes together, in its order. */
export type LiveBatch<View> =
  | Exclude<LiveMessage<View>, { kind: 'event' }>
  | { kind: 'events'; events: LogEvent[] };
