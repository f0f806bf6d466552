import { z } from 'zod';
import { DeliveryImageSchema } from '@/domain/delivery-image';
import { DriverImageSchema } from '@/domain/driver-image';
import { LogEventSchema } from '@/domain/events';
import { GeoPointSchema } from '@/domain/geo-point';
import { ALLERGENS } from '@/domain/menu';
import { OfferImageSchema } from '@/domain/offer';
import { OrderImageSchema } from '@/domain/order-image';
import { PLACE_KINDS } from '@/domain/restaurant';
import { RestaurantImageSchema } from '@/domain/restaurant-image';
import { ROLES } from '@/domain/roles';
import { SCOPES } from '@/domain/scopes';
import type { OrderCard, OrderView } from '@/domain/views';
import { ProblemSchema } from './problem';

/** What the API answers with. Money in minor units, distances in metres, times in ISO 8601. */

export const Id = z.uuid();
export const IdParams = z.object({ id: Id });

const OrderLineSchema = z.object({
  id: z.string(),
  itemId: z.string(),
  name: z.string(),
  quantity: z.number().int(),
  unitPrice: z.number().int(),
  lineTotal: z.number().int(),
  options: z.array(z.object({ id: z.string(), name: z.string(), price: z.number().int() })),
  note: z.string(),
});

export const OrderSummary = OrderImageSchema.extend({
  /** Also its ETag. */
  version: z.number().int(),
  delivery: DeliveryImageSchema.nullable(),
});
export const Order = OrderSummary.extend({ lines: z.array(OrderLineSchema) });

export const toOrderSummary = ({ order, delivery, versions }: OrderCard) => ({
  ...order,
  version: versions.order,
  delivery,
});
export const toOrder = (view: OrderView) => ({ ...toOrderSummary(view), lines: view.lines });

const NamedOption = z.object({
  id: z.string(),
  name: z.string(),
  price: z.number().int(),
  soldOut: z.boolean(),
});

export const DishResource = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  price: z.number().int(),
  soldOut: z.boolean(),
  allergens: z.array(z.enum(ALLERGENS)),
  /** Null: not counted. */
  stock: z.number().int().nullable(),
  unit: z.string(),
  photoId: z.string().nullable(),
  version: z.number().int(),
  optionGroups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      min: z.number().int(),
      max: z.number().int(),
      options: z.array(NamedOption),
    }),
  ),
});
export const SectionResource = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  items: z.array(DishResource),
});
export const Menu = z.object({ sections: z.array(SectionResource) });

export const Minutes = z.object({ from: z.number(), to: z.number() });

export const NearbyRestaurantResource = z.object({
  restaurant: RestaurantImageSchema,
  distanceM: z.number(),
  delivers: z.boolean(),
  deliveryFee: z.number().int(),
  etaMinutes: Minutes,
  open: z.boolean(),
  opensAt: z.string().nullable(),
  dishes: z.array(NamedOption),
});

export const RestaurantResource = z.object({
  restaurant: RestaurantImageSchema,
  menu: z.array(SectionResource),
  open: z.boolean(),
  opensAt: z.string().nullable(),
  /** What it means for the point that was given; null without one. */
  nearby: NearbyRestaurantResource.nullable(),
});

export const ViewerResource = z.object({
  userId: z.string(),
  role: z.enum(ROLES),
  name: z.string(),
});

export const Tokens = z.object({
  tokenType: z.literal('Bearer'),
  accessToken: z.string(),
  /** Seconds. */
  expiresIn: z.number().int(),
  /** Good for one refresh. */
  refreshToken: z.string(),
  viewer: ViewerResource,
});

export const KeyResource = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** The last characters of its secret. */
  hint: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  person: z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) }),
});

const Obstacle = z.object({
  code: z.string(),
  reason: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});

export const Quote = z.object({
  subtotal: z.number().int(),
  discount: z.number().int(),
  deliveryFee: z.number().int(),
  tip: z.number().int(),
  tax: z.number().int(),
  taxIncluded: z.boolean(),
  total: z.number().int(),
  currency: z.string(),
  minimumOrder: z.number().int(),
  distanceM: z.number(),
  itemCount: z.number().int(),
  etaMinutes: Minutes,
  lines: z.array(
    z.object({
      itemId: z.string(),
      name: z.string().nullable(),
      unitPrice: z.number().int().nullable(),
      lineTotal: z.number().int().nullable(),
      refused: Obstacle.nullable(),
    }),
  ),
  promoRefused: Obstacle.nullable(),
  /** Why it can't be ordered as it stands, the gravest first; empty: it can. */
  obstacles: z.array(Obstacle),
});

export const EventResource = LogEventSchema.extend({
  /** Where to go on after it. */
  cursor: z.string(),
});
export const EventPage = z.object({
  events: z.array(EventResource),
  /** Where to go on: also when there is nothing more by now. */
  next: z.string(),
  more: z.boolean(),
});

/** The schemas that the document gives a name. */
export const NAMED = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({
  Problem: ProblemSchema,
  Order,
  OrderSummary,
  Delivery: DeliveryImageSchema,
  Offer: OfferImageSchema,
  Driver: DriverImageSchema,
  Restaurant: RestaurantImageSchema,
  RestaurantPage: RestaurantResource,
  NearbyRestaurant: NearbyRestaurantResource,
  MenuSection: SectionResource,
  Dish: DishResource,
  Point: GeoPointSchema,
  Tokens,
  ApiKey: KeyResource,
  Quote,
  Event: EventResource,
  EventPage,
  PlaceKind: z.enum(PLACE_KINDS),
})) {
  NAMED.add(schema, { id });
}
