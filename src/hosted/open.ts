import type { ApiDeps } from '@/api/context';
import { getEnv } from '@/config/env';
import type { HostedSettings } from '@/config/hosted';
import type { PositionRow } from '@/db/queries/drivers';
import type { FixUse } from '@/domain/position';
import type { PositionFeed } from '@/realtime/positions';
import { openSinks } from '@/relay/open-sinks';
import { openPusherChannels, type PusherChannels } from '@/relay/pusher-channels';
import { sinkSettings } from '@/server/sink-settings';
import type { ServiceContext } from '@/services/context';
import { afterAnswer } from './after-answer';
import { openRounds } from './rounds';
import { openSenders } from './senders';
import { HostedWork } from './work';

/** What the functions of hosted mode share besides the procedures. */
export type Hosted = { settings: HostedSettings; channels: PusherChannels; work: HostedWork };

/** Positions are written and told of before the function may be frozen. */
function eagerly(feed: PositionFeed, work: HostedWork, onError: ApiDeps['onError']) {
  return {
    record(row: PositionRow, use: FixUse = 'live'): void {
      feed.record(row, use);
      if (use === 'live') {
        const { driverId, at, headingDeg, speedMps, recordedAt } = row;
        work.moved({ driverId, at, headingDeg, speedMps, recordedAt });
      }
      afterAnswer(async () => {
        await feed.flush();
        await work.tellPositions();
      }, onError);
    },
    async written(): Promise<void> {
      await feed.flush();
    },
  };
}

/** Makes of the parts of a Next process those of hosted mode. */
export function openHosted(
  settings: HostedSettings,
  base: ApiDeps,
  feed: PositionFeed,
): { deps: ApiDeps; hosted: Hosted } {
  const { db, onError } = base;
  const channels = openPusherChannels(settings.pusher);
  const contextFor = (part: string): ServiceContext => ({
    ...{ db, viewer: null, actor: `system:${part}`, now: base.now, random: Math.random },
    // A pass ends with its own hints.
    committed: () => undefined,
    positions: base.positions,
    payments: base.payments,
  });
  let rounds: ReturnType<typeof prepare> | null = null;
  const sinks = openSinks(sinkSettings(getEnv()));
  const prepare = async () => openRounds(contextFor, await openSenders(db), sinks, onError);
  const work = new HostedWork({
    db,
    channels,
    onError,
    rounds: () => {
      rounds ??= prepare().catch((error: unknown) => {
        rounds = null;
        throw error;
      });
      return rounds;
    },
  });
  const deps: ApiDeps = {
    ...base,
    positions: eagerly(feed, work, onError),
    committed: () => afterAnswer(() => work.afterCommit(), onError),
  };
  return { deps, hosted: { settings, channels, work } };
}
