import { z } from 'zod';
import { withTransportErrors } from '@/api/errors';
import { adminProcedure, kitchenProcedure, router } from '@/api/init';
import { followCounter, followKitchen, kitchenOrder, kitchenSnapshot } from '@/realtime/kitchen';
import { AcknowledgeInput, acknowledgeMustSee } from '@/services/acknowledge-must-see';
import {
  PauseInput,
  pauseRestaurant,
  SoldOutInput,
  setSoldOut,
} from '@/services/change-restaurant';
import { DelayCookingInput, delayCooking } from '@/services/delay-order';
import { GetOrderLinesInput, getOrderLines } from '@/services/get-order-lines';
import { SetAutoAcceptInput, setAutoAccept } from '@/services/set-auto-accept';
import { StepOrderInput, stepOrder } from '@/services/step-order';
import {
  ListStaffInput,
  listKitchens,
  listStaff,
  TieStaffInput,
  tieStaff,
  UntieStaffInput,
  untieStaff,
} from '@/services/tie-staff';

const KitchenInput = z.object({ slug: z.string().min(1).max(100) });
/** Arrivals at the counter are told anew this often at the most, milliseconds. */
const ARRIVALS_EVERY_MS = 5_000;

/** A kitchen acts for itself; an admin for any. */
export const kitchenRouter = router({
  mine: kitchenProcedure.query(({ ctx }) => listKitchens(ctx.service)),
  home: kitchenProcedure
    .input(KitchenInput)
    .query(({ ctx, input }) =>
      kitchenSnapshot(ctx.deps.db, ctx.viewer, input.slug, ctx.deps.now()),
    ),
  order: kitchenProcedure
    .input(z.object({ orderId: z.uuid() }))
    .query(({ ctx, input }) => kitchenOrder(ctx.deps.db, ctx.viewer, input.orderId)),
  watch: kitchenProcedure
    .input(KitchenInput.extend({ lastEventId: z.string().nullish() }))
    .subscription(({ ctx, input, signal }) =>
      withTransportErrors(
        followKitchen({
          db: ctx.deps.db,
          hub: ctx.deps.hub,
          viewer: ctx.viewer,
          slug: input.slug,
          now: ctx.deps.now,
          lastEventId: input.lastEventId ?? null,
          signal,
        }),
      ),
    ),
  arrivals: kitchenProcedure.input(KitchenInput).subscription(({ ctx, input, signal }) =>
    withTransportErrors(
      followCounter({
        db: ctx.deps.db,
        hub: ctx.deps.hub,
        viewer: ctx.viewer,
        slug: input.slug,
        everyMs: ARRIVALS_EVERY_MS,
        signal,
      }),
    ),
  ),
  lines: kitchenProcedure
    .input(GetOrderLinesInput)
    .query(({ ctx, input }) => getOrderLines(ctx.service, input)),
  step: kitchenProcedure
    .input(StepOrderInput)
    .mutation(({ ctx, input }) => stepOrder(ctx.service, input)),
  delay: kitchenProcedure
    .input(DelayCookingInput)
    .mutation(({ ctx, input }) => delayCooking(ctx.service, input)),
  acknowledge: kitchenProcedure
    .input(AcknowledgeInput)
    .mutation(({ ctx, input }) => acknowledgeMustSee(ctx.service, input)),
  setSoldOut: kitchenProcedure
    .input(SoldOutInput)
    .mutation(({ ctx, input }) => setSoldOut(ctx.service, input)),
  pause: kitchenProcedure
    .input(PauseInput)
    .mutation(({ ctx, input }) => pauseRestaurant(ctx.service, input)),
  setAutoAccept: kitchenProcedure
    .input(SetAutoAcceptInput)
    .mutation(({ ctx, input }) => setAutoAccept(ctx.service, input)),
  staff: adminProcedure
    .input(ListStaffInput)
    .query(({ ctx, input }) => listStaff(ctx.service, input)),
  tie: adminProcedure
    .input(TieStaffInput)
    .mutation(({ ctx, input }) => tieStaff(ctx.service, input)),
  untie: adminProcedure
    .input(UntieStaffInput)
    .mutation(({ ctx, input }) => untieStaff(ctx.service, input)),
});
