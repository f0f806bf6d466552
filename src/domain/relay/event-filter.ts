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
};

const matches = (pattern: string, type: string): boolean =>
  pattern === '*' ||
  pattern === type ||
  (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));

/** Whether a destination wants an event. */
export const wants = (filter: EventFilter, event: Pick<LogEvent, 'type' | 'restaurantId'>) =>
  (filter.restaurantId === null || filter.restaurantId === event.restaurantId) &&
  filter.eventTypes.some((pattern) => matches(pattern, event.type));
