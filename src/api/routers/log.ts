import { withTransportErrors } from '@/api/errors';
import { adminProcedure, router } from '@/api/init';
import { followLog } from '@/realtime/log-tail';
import {
  DiscardInput,
  discardDeadLetters,
  ListDeadLettersInput,
  listDeadLetters,
  RedriveInput,
  redriveDeadLetters,
} from '@/services/handle-dead-letters';
import {
  filterOf,
  LogFilterInput,
  listLog,
  ReadEventInput,
  ReadLogInput,
  readEvent,
  toLines,
} from '@/services/read-log';
import { ShowMomentInput, showMoment } from '@/services/show-moment';
import { TellStoryInput, tellStory } from '@/services/tell-story';

/** Lines that come live are sent together, this often at the most, milliseconds. */
const TAIL_EVERY_MS = 500;

export const logRouter = router({
  /** Everything that is known of one order, on one line. */
  story: adminProcedure
    .input(TellStoryInput)
    .query(({ ctx, input }) => tellStory(ctx.service, input)),
  /** What everybody saw of it at one moment. */
  moment: adminProcedure
    .input(ShowMomentInput)
    .query(({ ctx, input }) => showMoment(ctx.service, input)),
  list: adminProcedure.input(ReadLogInput).query(({ ctx, input }) => listLog(ctx.service, input)),
  event: adminProcedure
    .input(ReadEventInput)
    .query(({ ctx, input }) => readEvent(ctx.service, input)),
  tail: adminProcedure.input(LogFilterInput).subscription(async function* ({ ctx, input, signal }) {
    const filter = await filterOf(ctx.service, input);
    if (!filter) return;
    yield* withTransportErrors(
      followLog({
        ...{ hub: ctx.deps.hub, filter, everyMs: TAIL_EVERY_MS, signal },
        toLines: (read) => toLines(ctx.service, read),
      }),
    );
  }),
  deadLetters: adminProcedure
    .input(ListDeadLettersInput)
    .query(({ ctx, input }) => listDeadLetters(ctx.service, input)),
  redrive: adminProcedure
    .input(RedriveInput)
    .mutation(({ ctx, input }) => redriveDeadLetters(ctx.service, input)),
  discard: adminProcedure
    .input(DiscardInput)
    .mutation(({ ctx, input }) => discardDeadLetters(ctx.service, input)),
});
