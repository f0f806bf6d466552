import type { ApiDeps } from '@/api/context';
import { getEnv } from '@/config/env';
import type { HostedSettings } from '@/config/hosted';
import { sinkSettings } from '@/config/sinks';
import type { PositionRow } from '@/db/queries/drivers';
import type { FixUse } from '@/domain/position';
import type { CardSettings } from '@/payments/open';
import { tokeniseCard } from '@/payments/sandbox-cards';
import type { PositionFeed } from '@/realtime/positions';
import { openSinks } from '@/relay/open-sinks';
import { openPusherChannels, type PusherChannels } from '@/relay/pusher-channels';
import type { ServiceContext } from '@/services/context';
import { afterAnswer } from './after-answer';
import { openDoors } from './doors';
import { pictureRows } from './picture-rows';
import { openRounds } from './rounds';
import { openSenders } from './senders';
import { HostedWork } from './work';

/** What the functions of hosted mode share besides the procedures. */
export type Hosted = {
  settings: HostedSettings;
  channels: PusherChannels;
  work: HostedWork;
  /** Answers what is none of the procedures: pictures, and what card providers send. */
  doors: (request: Request) => Promise<Response>;
};

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
  cards: CardSettings,
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
  const env = getEnv();
  const sinks = openSinks(sinkSettings(env));
  const pictures = pictureRows(db);
  // The test provider tells how payments stand by webhooks, and has to know where to.
  const sandbox =
    cards.provider === 'sandbox' && env.PUBLIC_URL
      ? { secret: cards.secret, origin: new URL(env.PUBLIC_URL).origin }
      : null;
  const prepare = async () =>
    openRounds({
      ...{ contextFor, sinks, onError, pictures, sandbox },
      senders: await openSenders(db),
    });
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
  const tokenise = sandbox && ((card: unknown) => tokeniseCard(db, card, base.now()));
  const doors = openDoors(deps, { store: pictures, tokenise });
  return { deps, hosted: { settings, channels, work, doors } };
}
