import { z } from 'zod';
import { withTransportErrors } from '@/api/errors';
import { driverProcedure, router } from '@/api/init';
import { followFeed } from '@/realtime/follow';
import { driverSnapshot } from '@/realtime/snapshots';
import {
  AcceptOfferInput,
  acceptOffer,
  DeclineOfferInput,
  declineOffer,
} from '@/services/answer-offer';
import { getDriverHistory } from '@/services/get-driver-history';
import { GetJobInput, getJob } from '@/services/get-job';
import { HandBackInput, handBackDelivery } from '@/services/hand-back-delivery';
import { PositionInput, reportPosition } from '@/services/report-position';
import { SetBreakInput, setBreak } from '@/services/set-break';
import { SetOnlineInput, setOnline } from '@/services/set-online';
import {
  FailDeliveryInput,
  failDelivery,
  StepDeliveryInput,
  stepDelivery,
} from '@/services/step-delivery';

const Resume = z.object({ lastEventId: z.string().nullish() });

export const driversRouter = router({
  home: driverProcedure.query(({ ctx }) => driverSnapshot(ctx.deps.db, ctx.viewer)),
  watch: driverProcedure.input(Resume).subscription(({ ctx, input, signal }) =>
    withTransportErrors(
      followFeed({
        db: ctx.deps.db,
        hub: ctx.deps.hub,
        viewer: ctx.viewer,
        route: () => ({
          feed: { driverId: ctx.viewer.userId },
          topic: `driver:${ctx.viewer.userId}`,
        }),
        snapshot: () => driverSnapshot(ctx.deps.db, ctx.viewer),
        lastEventId: input.lastEventId ?? null,
        signal,
      }),
    ),
  ),
  setOnline: driverProcedure
    .input(SetOnlineInput)
    .mutation(({ ctx, input }) => setOnline(ctx.service, input)),
  setBreak: driverProcedure
    .input(SetBreakInput)
    .mutation(({ ctx, input }) => setBreak(ctx.service, input)),
  reportPosition: driverProcedure
    .input(PositionInput)
    .mutation(({ ctx, input }) => reportPosition(ctx.service, input)),
  acceptOffer: driverProcedure
    .input(AcceptOfferInput)
    .mutation(({ ctx, input }) => acceptOffer(ctx.service, input)),
  declineOffer: driverProcedure
    .input(DeclineOfferInput)
    .mutation(({ ctx, input }) => declineOffer(ctx.service, input)),
  step: driverProcedure
    .input(StepDeliveryInput)
    .mutation(({ ctx, input }) => stepDelivery(ctx.service, input)),
  fail: driverProcedure
    .input(FailDeliveryInput)
    .mutation(({ ctx, input }) => failDelivery(ctx.service, input)),
  handBack: driverProcedure
    .input(HandBackInput)
    .mutation(({ ctx, input }) => handBackDelivery(ctx.service, input)),
  job: driverProcedure.input(GetJobInput).query(({ ctx, input }) => getJob(ctx.service, input)),
  history: driverProcedure.query(({ ctx }) => getDriverHistory(ctx.service)),
});
