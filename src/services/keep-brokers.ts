import { keepBroker } from '@/db/queries/relay-destinations';
import { BROKER_KINDS } from '@/domain/relay/destination';
import type { ServiceContext } from './context';
import type { Sinks } from './sink';

/**
 * Each broker that this process reaches has its place in the log from now on: a new one begins here, one
 * that was there before goes on where it stopped.
 */
export async function keepBrokers(ctx: ServiceContext, { brokers }: Sinks): Promise<void> {
  for (const kind of BROKER_KINDS) if (brokers[kind]) await keepBroker(ctx.db, kind);
}
