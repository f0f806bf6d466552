import { z } from 'zod';
import { withTransportErrors } from '@/api/errors';
import { adminProcedure, router } from '@/api/init';
import { followFeedInBatches } from '@/realtime/follow';
import { followAllPositions } from '@/realtime/positions';
import { boardSnapshot } from '@/realtime/snapshots';
import {
  AssignInput,
  assignDelivery,
  RetryDispatchInput,
  retryDispatch,
  UnassignInput,
  unassignDelivery,
} from '@/services/assign-delivery';
import { CancelOrderInput, cancelOrder } from '@/services/cancel-order';
import {
  ChangeDispatchPolicyInput,
  changeDispatchPolicy,
  listDispatchPolicies,
} from '@/services/change-dispatch-policy';
import { ExplainInput, explainDispatch } from '@/services/explain-dispatch';
import { EtaReportInput, getEtaReport } from '@/services/get-eta-report';
import { listCash } from '@/services/list-cash';
import { RefundOrderInput, refundOrder } from '@/services/refund-order';
import { SettleCashInput, settleCash } from '@/services/settle-cash';
import { AddDriverInput, addDriver } from '@/services/sign-up';
import { RestoreOrderInput, restoreOrder, StepOrderInput, stepOrder } from '@/services/step-order';

const Resume = z.object({ lastEventId: z.string().nullish() });
/** What happens within this goes to the board together, milliseconds. */
const EVENTS_EVERY_MS = 100;
/** Positions of all drivers are sent together, this often at the most, milliseconds. */
const POSITIONS_EVERY_MS = 500;

export const adminRouter = router({
  board: adminProcedure.query(({ ctx }) => boardSnapshot(ctx.deps.db, ctx.deps.now())),
  watchBoard: adminProcedure.input(Resume).subscription(({ ctx, input, signal }) =>
    withTransportErrors(
      followFeedInBatches({
        db: ctx.deps.db,
        hub: ctx.deps.hub,
        viewer: ctx.viewer,
        feed: 'all',
        topic: 'all',
        snapshot: () => boardSnapshot(ctx.deps.db, ctx.deps.now()),
        lastEventId: input.lastEventId ?? null,
        everyMs: EVENTS_EVERY_MS,
        signal,
      }),
    ),
  ),
  positions: adminProcedure.subscription(({ ctx, signal }) =>
    withTransportErrors(followAllPositions(ctx.deps.hub, POSITIONS_EVERY_MS, signal)),
  ),
  attempts: adminProcedure
    .input(ExplainInput)
    .query(({ ctx, input }) => explainDispatch(ctx.service, input)),
  stepOrder: adminProcedure
    .input(StepOrderInput)
    .mutation(({ ctx, input }) => stepOrder(ctx.service, input)),
  cancel: adminProcedure
    .input(CancelOrderInput)
    .mutation(({ ctx, input }) => cancelOrder(ctx.service, input)),
  refund: adminProcedure
    .input(RefundOrderInput)
    .mutation(({ ctx, input }) => refundOrder(ctx.service, input)),
  restore: adminProcedure
    .input(RestoreOrderInput)
    .mutation(({ ctx, input }) => restoreOrder(ctx.service, input)),
  assign: adminProcedure
    .input(AssignInput)
    .mutation(({ ctx, input }) => assignDelivery(ctx.service, input)),
  unassign: adminProcedure
    .input(UnassignInput)
    .mutation(({ ctx, input }) => unassignDelivery(ctx.service, input)),
  retryDispatch: adminProcedure
    .input(RetryDispatchInput)
    .mutation(({ ctx, input }) => retryDispatch(ctx.service, input)),
  dispatchPolicies: adminProcedure.query(({ ctx }) => listDispatchPolicies(ctx.service)),
  changeDispatchPolicy: adminProcedure
    .input(ChangeDispatchPolicyInput)
    .mutation(({ ctx, input }) => changeDispatchPolicy(ctx.service, input)),
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
