import { z } from 'zod';
import { withTransportErrors } from '@/api/errors';
import { adminProcedure, router } from '@/api/init';
import { followFeedInBatches } from '@/realtime/follow';
import { followAllPositions } from '@/realtime/follow-positions';
import { boardSnapshot } from '@/realtime/snapshots';
import { ArchiveOrderInput, archiveOrder } from '@/services/archive-order';
import { RetryDispatchInput, retryDispatch } from '@/services/assign-delivery';
import {
  ChangeDispatchPolicyInput,
  changeDispatchPolicy,
  listDispatchPolicies,
} from '@/services/change-dispatch-policy';
import { ExplainInput, explainDispatch } from '@/services/explain-dispatch';
import { EtaReportInput, getEtaReport } from '@/services/get-eta-report';
import { listCash } from '@/services/list-cash';
import { PreviewPolicyInput, previewPolicy } from '@/services/preview-policy';
import { SettleCashInput, settleCash } from '@/services/settle-cash';
import { AddDriverInput, addDriver } from '@/services/sign-up';
import { StepOrderInput, stepOrder } from '@/services/step-order';
import { handsOnProcedures } from './hands-on';

const Resume = z.object({ lastEventId: z.string().nullish() });
/** What happens within this goes to the board together, milliseconds. */
const EVENTS_EVERY_MS = 100;
/** Positions of all drivers are sent together, this often at the most, milliseconds. */
const POSITIONS_EVERY_MS = 500;

export const adminRouter = router({
  ...handsOnProcedures,
  board: adminProcedure.query(({ ctx }) => boardSnapshot(ctx.deps.db, ctx.deps.now())),
  watchBoard: adminProcedure.input(Resume).subscription(({ ctx, input, signal }) =>
    withTransportErrors(
      followFeedInBatches({
        db: ctx.deps.db,
        hub: ctx.deps.hub,
        viewer: ctx.viewer,
        route: () => ({ feed: 'all', topic: 'all' }),
        snapshot: () => boardSnapshot(ctx.deps.db, ctx.deps.now()),
        lastEventId: input.lastEventId ?? null,
        everyMs: EVENTS_EVERY_MS,
        signal,
      }),
    ),
  ),
  positions: adminProcedure.subscription(({ ctx, signal }) =>
    withTransportErrors(
      followAllPositions({ db: ctx.deps.db, hub: ctx.deps.hub, signal }, POSITIONS_EVERY_MS),
    ),
  ),
  attempts: adminProcedure
    .input(ExplainInput)
    .query(({ ctx, input }) => explainDispatch(ctx.service, input)),
  stepOrder: adminProcedure
    .input(StepOrderInput)
    .mutation(({ ctx, input }) => stepOrder(ctx.service, input)),
  archiveOrder: adminProcedure
    .input(ArchiveOrderInput)
    .mutation(({ ctx, input }) => archiveOrder(ctx.service, input)),
  retryDispatch: adminProcedure
    .input(RetryDispatchInput)
    .mutation(({ ctx, input }) => retryDispatch(ctx.service, input)),
  dispatchPolicies: adminProcedure.query(({ ctx }) => listDispatchPolicies(ctx.service)),
  changeDispatchPolicy: adminProcedure
    .input(ChangeDispatchPolicyInput)
    .mutation(({ ctx, input }) => changeDispatchPolicy(ctx.service, input)),
  /** Changes nothing; ends with what came of it, and breaks off when nobody listens any more. */
  previewDispatchPolicy: adminProcedure
    .input(PreviewPolicyInput)
    .subscription(({ ctx, input, signal }) =>
      withTransportErrors(previewPolicy(ctx.service, input, ctx.deps.replays, signal)),
    ),
  addDriver: adminProcedure
    .input(AddDriverInput)
    .mutation(({ ctx, input }) => addDriver(ctx.service, input)),
  cash: adminProcedure.query(({ ctx }) => listCash(ctx.service)),
  settleCash: adminProcedure
    .input(SettleCashInput)
    .mutation(({ ctx, input }) => settleCash(ctx.service, input)),
  etaReport: adminProcedure
    .input(EtaReportInput)
    .query(({ ctx, input }) => getEtaReport(ctx.service, input)),
});
