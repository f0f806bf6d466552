import type { Queryable } from '@/db/client';
import { readRecording, zonesWithSearches } from '@/db/queries/recording';
import { policyOf, type ZonePolicy } from '@/domain/dispatch/zone-policy';
import { figuresOf } from '@/domain/replay/figures';
import type { PreviewEnd, PreviewJob } from '@/domain/replay/preview';
import { replay } from '@/domain/replay/replay';
import { readStory } from '@/domain/replay/story';

/** Of one stretch. */
export const MOST_ORDERS = 20_000;
/** Progress is told in steps of this share. */
const TOLD_EVERY = 0.01;

/**
 * Runs a zone's stretch again under both policies. Takes as much time and memory as that takes: for a
 * thread or a process of its own. `tell` hears which share is done, from 0 to 1.
 */
export async function replayZone(
  db: Queryable,
  { zoneId, policy, ...stretch }: PreviewJob,
  tell: (share: number) => void,
): Promise<PreviewEnd> {
  const [from, to] = [new Date(stretch.from), new Date(stretch.to)];
  const zones = await zonesWithSearches(db, from, to);
  const zone = zones.find(({ id }) => id === zoneId);
  if (!zone) return { kind: 'nothing' };
  if (zone.orders > MOST_ORDERS) return { kind: 'too_much', of: 'orders' };
  const story = readStory(await readRecording(db, zoneId, from, to));
  if (story.orders.length === 0) return { kind: 'nothing' };
  let told = 0;
  const again = (by: ZonePolicy, nth: 0 | 1) => {
    const reached = (now: number) => {
      const share = (nth + Math.min(1, (now - story.from) / (story.to - story.from))) / 2;
      if (share < told + TOLD_EVERY) return;
      told = share;
      tell(share);
    };
    return { kind: by.kind, figures: figuresOf(replay(story, by, { reached }), story) };
  };
  const { leftOut } = story;
  return {
    kind: 'done',
    preview: {
      ...{ ...stretch, orders: story.orders.length, drivers: story.drivers.length, leftOut },
      recorded: figuresOf(story.recorded, story),
      present: again(policyOf(zone.document), 0),
      changed: again(policy, 1),
    },
  };
}
