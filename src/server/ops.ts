import type { IncomingMessage } from 'node:http';
import { readBacklog } from '@/db/queries/backlog';
import { clientOf, type TrustedProxies } from './forwarded';
import { readHealth } from './health';
import type { LiveGateway } from './live-gateway';
import { createMetrics, type Metrics } from './metrics';
import { createOpsDoors, type OpsDoors } from './ops-doors';
import type { Platform } from './platform';

/** What monitors ask of a platform, and what is counted for them. */
export type Ops = { doors: OpsDoors; metrics: Metrics };

export function openOps(options: {
  platform: Platform;
  /** The live sockets of this process; a worker has none. */
  gateway: Pick<LiveGateway, 'connections'>;
  isOpen: () => boolean;
  metricsToken: string | undefined;
  isTrusted: TrustedProxies;
}): Ops {
  const { platform, gateway, isOpen, metricsToken, isTrusted } = options;
  const { db, hub, onError } = platform.deps;
  const health = () =>
    readHealth({
      db,
      tail: platform.tail,
      loops: platform.loops,
      redis: platform.others.redis,
      sockets: gateway.connections(),
    });
  const metrics = createMetrics({
    ...{ health, backlog: () => readBacklog(db), hub, onError },
    heardElsewhere: platform.others.heard,
  });
  platform.onEvent((event) => metrics.event(event));
  const from = (request: IncomingMessage) => clientOf(request, isTrusted);
  const doors = createOpsDoors({
    ...{ health, metrics, isOpen, metricsToken, clientOf: from, onError },
  });
  return { doors, metrics };
}
