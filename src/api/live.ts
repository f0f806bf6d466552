import { type AnyTRPCRouter, callTRPCProcedure, isTrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import type { Audience } from '@/domain/audiences';
import { channelOf } from '@/domain/channels';
import { sha256 } from '@/domain/digest';
import type { Viewer } from '@/domain/roles';
import { RestingHub, type Topic } from '@/realtime/hub';
import { publicProcedure, router } from './init';

/** What a reader has missed comes in portions of so many messages. */
const PORTION = 200;

const CatchUpInput = z.object({
  /** Which subscription, as in `orders.watch`, and its input with the cursor. */
  path: z.string().max(100),
  input: z.unknown(),
});

export type CaughtUp = {
  /** As the subscription would send them; `id` is the cursor of a message that has one. */
  messages: { id: string | null; data: unknown }[];
  /** Ask again at once, after the last cursor. */
  more: boolean;
  /** Where hints come that there is something new; null: nowhere. */
  channel: string | null;
  /** Only hints about this stream concern the reader; null: all of the channel do. */
  streamId: string | null;
  /** Whether it is about where drivers are: then events do not concern it. */
  positions: boolean;
};

/** The name of a share link's channel tells nobody its token. */
export const shareAudience = async (token: string): Promise<Audience> => ({
  kind: 'share',
  id: (await sha256(token)).slice(0, 40),
});

function audienceFor(topic: Topic, viewer: Viewer | null): Audience | null {
  const [kind, id = ''] = topic.split(':');
  if (kind === 'customer' || kind === 'driver' || kind === 'kitchen') return { kind, id };
  if (kind === 'restaurants') return { kind };
  if (kind !== 'order') return { kind: 'admin' };
  if (viewer?.role === 'customer' || viewer?.role === 'driver') {
    return { kind: viewer.role, id: viewer.userId };
  }
  return viewer?.role === 'admin' ? { kind: 'admin' } : null;
}

const ShareInput = z.object({ token: z.string() });

/**
 * Every subscription as a query: what there is after the cursor. For readers without a socket; the channel
 * that it names tells them when to ask again.
 */
export const liveRouter = (subscriptions: AnyTRPCRouter) =>
  router({
    catchUp: publicProcedure.input(CatchUpInput).query(async ({ ctx, input, signal }) => {
      const hub = new RestingHub();
      const stream: AsyncIterable<unknown> = await callTRPCProcedure({
        router: subscriptions,
        path: input.path,
        type: 'subscription',
        getRawInput: async () => input.input,
        input: input.input,
        ctx: { deps: { ...ctx.deps, hub }, credentials: ctx.credentials },
        signal,
        batchIndex: 0,
      });
      const messages: CaughtUp['messages'] = [];
      let more = false;
      for await (const message of stream) {
        more = messages.length === PORTION;
        if (more) break;
        const tracked = isTrackedEnvelope(message);
        messages.push(tracked ? { id: message[0], data: message[1] } : { id: null, data: message });
      }
      const [topic] = hub.asked;
      const shared = input.path === 'share.watch' ? ShareInput.safeParse(input.input) : null;
      const audience = shared?.data
        ? await shareAudience(shared.data.token)
        : topic && audienceFor(topic, ctx.viewer);
      return {
        ...{ messages, more },
        channel: audience ? channelOf(audience) : null,
        // Who has a link is not told which order it is of.
        streamId: !shared && topic?.startsWith('order:') ? topic.slice('order:'.length) : null,
        positions: topic === 'positions',
      } satisfies CaughtUp;
    }),
  });
