import { z } from 'zod';
import type { LogEvent } from '@/domain/events';

/** Longest list of patterns. */
export const MOST_PATTERNS = 50;

/** `*`, `order.*` or `order.placed`. */
export const EventPattern = z
  .string()
  .max(60)
  .regex(/^(\*|[a-z][a-z_]*\.(\*|[a-z][a-z_]*))$/, 'A type like order.placed, or order.*, or *.');

export type EventFilter = {
  eventTypes: readonly string[];
  /** Null: of every restaurant, and what is about none. */
  restaurantId: string | null;
  /** Null: of every zone, and what is about none. */
  zoneId: string | null;
};

type Concerns = Pick<LogEvent, 'restaurantId' | 'driverId'>;

/** The zones of restaurants and drivers, by their ids. */
export type Zones = ReadonlyMap<string, string>;

/** The zone of what an event is about: of its restaurant, else of its driver. */
const zoneOf = ({ restaurantId, driverId }: Concerns, zones: Zones): string | undefined =>
  zones.get(restaurantId ?? driverId ?? '');

const matches = (pattern: string, type: string): boolean =>
  pattern === '*' ||
  pattern === type ||
  (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));

/** Whether a destination wants an event; `zones` knows whom the event is about, where it asks for a zone. */
export const wants = (
  filter: EventFilter,
  event: Pick<LogEvent, 'type'> & Concerns,
  zones: Zones,
): boolean =>
  (filter.restaurantId === null || filter.restaurantId === event.restaurantId) &&
  (filter.zoneId === null || filter.zoneId === zoneOf(event, zones)) &&
  filter.eventTypes.some((pattern) => matches(pattern, event.type));
