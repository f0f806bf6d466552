import { z } from 'zod';
import { type LogPosition, readStream } from '@/db/queries/events';
import { placeAt } from '@/db/queries/log';
import { boardEventsAt, crumbsOf, driverAt, driverEventsAt } from '@/db/queries/moment';
import { linesOfOrder } from '@/db/queries/orders';
import type { DriverView } from '@/domain/driver-view';
import { invalid, notFound } from '@/domain/errors';
import type { LogEvent } from '@/domain/events';
import type { GeoPoint } from '@/domain/geo';
import {
  type BoardColumn,
  boardViewAt,
  customerSawCourier,
  driverConcerned,
  driverViewAt,
  type MomentAt,
  momentAt,
  orderViewAt,
  smallBoard,
  type WantedMoment,
} from '@/domain/moment';
import type { Viewer } from '@/domain/roles';
import type { OrderView } from '@/domain/views';
import { requireRole, type ServiceContext } from './context';
import { MOST_STORY_EVENTS } from './tell-story';

export const ShowMomentInput = z.object({
  orderId: z.uuid(),
  /** A version of the order's stream, or a time as ISO 8601; null: now. */
  at: z.string().max(40).nullable(),
});

export type CourierThen = { at: GeoPoint; recordedAt: string; way: GeoPoint[] };

export type Moment = MomentAt & {
  /** The latest version of the order's stream. */
  versions: number;
  type: string;
  actor: string;
  board: BoardColumn[];
  /** As an admin saw it. */
  order: OrderView;
  customer: OrderView | null;
  customerSeesCourier: boolean;
  /** The screen of whoever is concerned; null while nobody is. */
  driver: DriverView | null;
  /** Where whoever carried it was, by the points that are kept of their way. */
  courier: CourierThen | null;
};

/** A point of the way says where somebody is for so long, minutes. */
const CRUMB_LASTS_MIN = 10;
const WAY_POINTS = 400;

function wantedOf(at: string | null): WantedMoment {
  if (at === null) return null;
  if (/^\d{1,9}$/.test(at)) return { version: Number(at) };
  const time = new Date(at);
  if (/^\d{4}-/.test(at) && !Number.isNaN(time.getTime())) return { time };
  throw invalid({
    reason: 'moment_unknown',
    message: 'This is no moment of an order.',
    hint: 'Name the number of an event, or a time like 2026-11-20T12:00:00Z.',
  });
}

const placeOf = ({ id }: LogEvent): LogPosition => {
  const [xid = '0', position = '0'] = id.split('.');
  return { xid, position };
};

/**
 * What board, map, customer and driver showed at a moment of an order, from the log alone: for an event
 * as the log stood with it, for a time as it stood then.
 */
export async function showMoment(
  ctx: ServiceContext,
  input: z.infer<typeof ShowMomentInput>,
): Promise<Moment> {
  const admin = requireRole(ctx, 'admin');
  const wanted = wantedOf(input.at);
  const story = await readStream(ctx.db, input.orderId, 0, MOST_STORY_EVENTS);
  const moment = momentAt(story, wanted, ctx.now());
  const passed = moment ? story.filter(({ version }) => version <= moment.version) : [];
  const last = passed.at(-1);
  const lines = await linesOfOrder(ctx.db, input.orderId);
  const order = orderViewAt(admin, passed, lines);
  if (!moment || !last || !order) throw notFound('order');
  const at = new Date(moment.at);
  const byTime = wanted && 'version' in wanted ? null : await placeAt(ctx.db, at);
  const place = byTime ?? placeOf(last);
  const { customerId, customerName } = order.order;
  const customer: Viewer = { userId: customerId, role: 'customer', name: customerName };
  const driverId = driverConcerned(order);
  return {
    ...moment,
    versions: story.length,
    ...{ type: last.type, actor: last.actor, order },
    board: smallBoard(boardViewAt(await boardEventsAt(ctx.db, place, at), at), at, order.order.id),
    customer: orderViewAt(customer, passed, lines),
    customerSeesCourier: customerSawCourier(order),
    driver: driverId === null ? null : await driverScreen(ctx, driverId, place, at),
    courier: await courierThen(ctx, order, at),
  };
}

async function driverScreen(
  ctx: ServiceContext,
  driverId: string,
  place: LogPosition,
  at: Date,
): Promise<DriverView | null> {
  const before = await driverAt(ctx.db, driverId, place);
  return before && driverViewAt(before, await driverEventsAt(ctx.db, driverId, place, at));
}

async function courierThen(
  ctx: ServiceContext,
  { delivery }: OrderView,
  at: Date,
): Promise<CourierThen | null> {
  if (!delivery?.driverId || !delivery.driverName || !delivery.assignedAt) return null;
  const driver = { id: delivery.driverId, name: delivery.driverName };
  const before = new Date(at.getTime() - CRUMB_LASTS_MIN * 60_000);
  const assigned = new Date(delivery.assignedAt);
  const from = assigned < before ? assigned : before;
  const crumbs = await crumbsOf(ctx.db, driver, from, at, WAY_POINTS);
  const latest = crumbs.at(-1);
  if (!latest || new Date(latest.recordedAt) < before) return null;
  const way = crumbs.filter(({ recordedAt }) => new Date(recordedAt) >= assigned);
  return { at: latest.at, recordedAt: latest.recordedAt, way: way.map((crumb) => crumb.at) };
}
