import { STREAM_KINDS } from '@/domain/events';
import { LOG_SOURCES, type LogSource } from '@/domain/log-filter';

export type LogFilters = {
  stream: (typeof STREAM_KINDS)[number] | null;
  type: string;
  orderNumber: number | null;
  /** As it stands in the log. */
  actor: string | null;
  source: LogSource | null;
  /** ISO. */
  from: string | null;
  to: string | null;
};

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | null =>
  known.find((each) => each === value) ?? null;

function timeOf(value: string | null): string | null {
  const time = new Date(value ?? '');
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function numberOf(value: string | null): number | null {
  const digits = /^#?(\d{1,9})$/.exec(value ?? '')?.[1];
  return digits && Number(digits) > 0 ? Number(digits) : null;
}

const LONGEST_ACTOR = 120;

/** The filters that an address holds; what is not understood counts as not there. */
export function readLogFilters(params: Pick<URLSearchParams, 'get'>): LogFilters {
  const type = params.get('type') ?? '';
  const actor = params.get('actor') ?? '';
  return {
    stream: oneOf(STREAM_KINDS, params.get('stream')),
    type: /^[a-z_.]{0,60}$/.test(type) ? type : '',
    orderNumber: numberOf(params.get('order')),
    actor: actor.length <= LONGEST_ACTOR && !actor.includes('\0') ? actor || null : null,
    source: oneOf(LOG_SOURCES, params.get('source')),
    from: timeOf(params.get('from')),
    to: timeOf(params.get('to')),
  };
}

/** As a search string, empty without filters. */
export function writeLogFilters(filters: LogFilters): string {
  const params = new URLSearchParams();
  const { stream, type, orderNumber, actor, source, from, to } = filters;
  const order = orderNumber === null ? null : String(orderNumber);
  for (const [key, value] of Object.entries({ stream, type, order, actor, source, from, to })) {
    if (value) params.set(key, value);
  }
  const text = params.toString();
  return text && `?${text}`;
}

/** As the procedure wants them. */
export const toLogQuery = (filters: LogFilters) => ({
  stream: filters.stream ?? undefined,
  type: filters.type || undefined,
  orderNumber: filters.orderNumber ?? undefined,
  actor: filters.actor ?? undefined,
  source: filters.source ?? undefined,
  from: filters.from ?? undefined,
  to: filters.to ?? undefined,
});

/** As an `<input type="datetime-local">` holds a moment, on the device's clock. */
export function toLocalInput(iso: string | null): string {
  if (!iso) return '';
  const at = new Date(iso);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
