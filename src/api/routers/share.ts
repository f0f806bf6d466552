import { z } from 'zod';
import { withTransportErrors } from '@/api/errors';
import { publicProcedure, router } from '@/api/init';
import { followShare, shareSnapshot } from '@/realtime/share';

const TokenInput = z.object({ token: z.string().max(64) });

/** What a share link shows, to whoever has it. */
export const shareRouter = router({
  view: publicProcedure
    .input(TokenInput)
    .query(({ ctx, input }) => shareSnapshot(ctx.deps.db, input.token)),
  watch: publicProcedure
    .input(TokenInput)
    .subscription(({ ctx, input, signal }) =>
      withTransportErrors(
        followShare({ db: ctx.deps.db, hub: ctx.deps.hub, token: input.token, signal }),
      ),
    ),
});
