import type { Viewer } from '@/domain/roles';

/** What a client asked for, and what it was told in the end. */
export type Action = {
  who: string;
  path: string;
  key: string | null;
  /** Of the last try, milliseconds. */
  tookMs: number;
  outcome: { answer: unknown } | { refused: string };
  /** The same, sent again under the same key, when it was. */
  again: { answer: unknown } | { refused: string } | null;
};

/** One message of a feed: a whole view, or events by their ids. */
export type Frame = { cursor: string; kind: 'snapshot' | 'resync' | 'events'; ids: string[] };

/** What one subscription has brought, over all of its sockets. */
export type Feed = { viewer: Viewer; path: FeedPath; frames: Frame[]; ended: string | null };

export const FEED_PATHS = ['orders.watchMine', 'drivers.watch', 'admin.watchBoard'] as const;
export type FeedPath = (typeof FEED_PATHS)[number];

export const isFeed = (path: string): path is FeedPath => FEED_PATHS.some((one) => one === path);

/** Everything that clients have seen of a run. */
export class History {
  readonly actions: Action[] = [];
  readonly feeds: Feed[] = [];
}
