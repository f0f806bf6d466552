import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Backlog } from '@/db/queries/backlog';
import type { LogEvent } from '@/domain/events';
import type { HeardElsewhere } from '@/realtime/positions-elsewhere';
import type { Health } from './health';
import { requestName } from './request-name';

export type Metrics = {
  /** Times a request from here to the end of its answer. */
  time(request: IncomingMessage, response: ServerResponse, path: string): void;
  /** An event that the tail has read. */
  event(event: LogEvent): void;
  /** Everything, in the text format of Prometheus. */
  text(): Promise<{ contentType: string; body: string }>;
};

const REDIS_UP = { up: 1, away: 0, off: Number.NaN } as const;

/** Counts and measures of this process; what stands in the database is read when somebody asks. */
export function createMetrics(parts: {
  health: () => Promise<Health>;
  backlog: () => Promise<Backlog>;
  hub: { size(): { topics: number; readers: number } };
  heardElsewhere: Readonly<HeardElsewhere>;
  onError: (error: unknown, where: string) => void;
}): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'hotfoot_http_request_seconds',
    help: 'Requests by what they asked for and the class of their answer.',
    labelNames: ['what', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers,
  });
  const events = new Counter({
    name: 'hotfoot_events_total',
    help: 'Events that this process has read from the log.',
    labelNames: ['type'],
    registers,
  });
  const lag = new Histogram({
    name: 'hotfoot_event_lag_seconds',
    help: 'From the time of an event to its reading; includes its transaction and the clocks’ difference.',
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `hotfoot_${name}`, help, labelNames, registers });
  const up = gauge('database_up', '1 while the database answers within two seconds.');
  const databaseSeconds = gauge('database_answer_seconds', 'How long the last look took.');
  const watermark = gauge('watermark_age_seconds', 'Age of the oldest open write in the cluster.');
  const tailAge = gauge('tail_seconds_since_read', 'Since the log was last read.');
  const loopAge = gauge('loop_seconds_since_round', 'Since a loop last ran.', ['loop']);
  const redis = gauge(
    'redis_up',
    '1 while nodes tell each other by Redis, 0 while it is away; NaN without REDIS_URL.',
  );
  const elsewhere = new Counter({
    name: 'hotfoot_positions_from_elsewhere_total',
    help: 'Positions of drivers at other nodes that were told here, by the way they came.',
    labelNames: ['way'],
    registers,
  });
  const sockets = gauge('sockets', 'Live sockets of this process.');
  const topics = gauge('hub_topics', 'Topics that somebody listens to.');
  const readers = gauge('hub_readers', 'Readers over all topics.');
  const openOrders = gauge('orders_open', 'Open orders by status.', ['status']);
  const searchesDue = gauge('searches_due', 'Deliveries whose next search is due.');
  const searchesOverdue = gauge('searches_overdue_seconds', 'Of the one that waits longest.');
  const withoutDriver = gauge(
    'deliveries_without_driver',
    'No driver was found: a person is asked.',
  );
  const noticesDue = gauge('notices_due', 'Notices that are due.');
  const noticesOverdue = gauge('notices_overdue_seconds', 'Of the one that waits longest.');
  const deadLetters = gauge('dead_letters', 'What could not be delivered to the outside.');
  const drivers = gauge('drivers_online', 'Drivers who are online.');
  const paymentsOwed = gauge('payments_owed', 'Captures, releases and refunds that are due.');
  const paymentsStuck = gauge(
    'payments_stuck',
    'Of them, those that failed so often that a person should look.',
  );
  const mismatches = gauge(
    'payment_mismatches',
    'Payments that stand differently at the provider.',
  );

  function showHealth(health: Health): void {
    up.set(health.database.ok ? 1 : 0);
    databaseSeconds.set((health.database.milliseconds ?? Number.NaN) / 1_000);
    watermark.set(health.tail.watermarkAgeSeconds ?? Number.NaN);
    tailAge.set(health.tail.secondsSinceRead);
    for (const { name, secondsSinceRound } of health.loops) {
      loopAge.set({ loop: name }, secondsSinceRound);
    }
    redis.set(REDIS_UP[health.redis]);
    sockets.set(health.sockets);
    paymentsOwed.set(health.payments.owed ?? Number.NaN);
    paymentsStuck.set(health.payments.attention ?? Number.NaN);
    mismatches.set(health.payments.mismatches);
  }

  function showBacklog(backlog: Backlog): void {
    openOrders.reset();
    for (const { status, count } of backlog.orders) openOrders.set({ status }, count);
    searchesDue.set(backlog.searches.due);
    searchesOverdue.set(backlog.searches.overdueSeconds);
    withoutDriver.set(backlog.searches.withoutDriver);
    noticesDue.set(backlog.notices.due);
    noticesOverdue.set(backlog.notices.overdueSeconds);
    deadLetters.set(backlog.notices.dead);
    drivers.set(backlog.driversOnline);
  }

  return {
    time(request, response, path) {
      const startedAt = performance.now();
      const what = requestName(path);
      response.once('close', () => {
        const status =
          request.destroyed && !response.writableEnded
            ? 'cut'
            : `${Math.floor(response.statusCode / 100)}xx`;
        requests.observe({ what, status }, (performance.now() - startedAt) / 1_000);
      });
    },
    event({ type, at }) {
      events.inc({ type });
      lag.observe(Math.max(0, Date.now() - Date.parse(at)) / 1_000);
    },
    async text() {
      const health = await parts.health();
      showHealth(health);
      // What can't be read now keeps its last value: `hotfoot_database_up` says why.
      if (health.database.ok) {
        await parts
          .backlog()
          .then(showBacklog)
          .catch((error: unknown) => parts.onError(error, 'metrics'));
      }
      const { topics: t, readers: r } = parts.hub.size();
      topics.set(t);
      elsewhere.reset();
      for (const way of ['link', 'database'] as const) {
        elsewhere.inc({ way }, parts.heardElsewhere[way]);
      }
      readers.set(r);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
