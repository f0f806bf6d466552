import { z } from 'zod';
import { withTransportErrors } from '@/api/errors';
import { customerProcedure, publicProcedure, router, signedInProcedure } from '@/api/init';
import { followFeed, followOrder } from '@/realtime/follow';
import { followCourier } from '@/realtime/follow-positions';
import { customerSnapshot, orderSnapshot } from '@/realtime/snapshots';
import { CancelOrderInput, cancelOrder } from '@/services/cancel-order';
import { CollectOrderInput, collectOrder } from '@/services/collect-order';
import { CartInput } from '@/services/examine-order';
import { GetTipOptionsInput, getTipOptions } from '@/services/get-tip-options';
import { ListOrdersInput, listOrders } from '@/services/list-orders';
import { ListSlotsInput, listSlots } from '@/services/list-slots';
import { PlaceOrderInput, placeOrder } from '@/services/place-order';
import { quoteOrder } from '@/services/quote-order';
import { RateOrderInput, rateOrder } from '@/services/rate-order';
import { ReorderInput, reorder } from '@/services/reorder';
import { SendMessageInput, sendMessage } from '@/services/send-message';
import { ShareOrderInput, shareOrder, unshareOrder } from '@/services/share-order';
import { TipOrderInput, tipOrder } from '@/services/tip-order';

const OrderInput = z.object({ orderId: z.uuid() });
const Resume = z.object({ lastEventId: z.string().nullish() });

export const ordersRouter = router({
  quote: publicProcedure.input(CartInput).query(({ ctx, input }) => quoteOrder(ctx.service, input)),
  /** The times that can be ordered for. */
  slots: publicProcedure
    .input(ListSlotsInput)
    .query(({ ctx, input }) => listSlots(ctx.service, input)),
  place: customerProcedure
    .meta({ limited: 'order' })
    .input(PlaceOrderInput)
    .mutation(({ ctx, input }) => placeOrder(ctx.service, input)),
  cancel: customerProcedure
    .input(CancelOrderInput)
    .mutation(({ ctx, input }) => cancelOrder(ctx.service, input)),
  rate: customerProcedure
    .input(RateOrderInput)
    .mutation(({ ctx, input }) => rateOrder(ctx.service, input)),
  tipOptions: customerProcedure
    .input(GetTipOptionsInput)
    .query(({ ctx, input }) => getTipOptions(ctx.service, input)),
  /** Afterwards; a tip with the order is part of `place`. */
  tip: customerProcedure
    .input(TipOrderInput)
    .mutation(({ ctx, input }) => tipOrder(ctx.service, input)),
  reorder: customerProcedure
    .input(ReorderInput)
    .query(({ ctx, input }) => reorder(ctx.service, input)),
  sendMessage: signedInProcedure
    .input(SendMessageInput)
    .mutation(({ ctx, input }) => sendMessage(ctx.service, input)),
  share: customerProcedure
    .input(ShareOrderInput)
    .mutation(({ ctx, input }) => shareOrder(ctx.service, input)),
  unshare: customerProcedure
    .input(ShareOrderInput)
    .mutation(({ ctx, input }) => unshareOrder(ctx.service, input)),
  /** Fetched at the counter. */
  collect: customerProcedure
    .input(CollectOrderInput)
    .mutation(({ ctx, input }) => collectOrder(ctx.service, input)),
  get: signedInProcedure
    .input(OrderInput)
    .query(({ ctx, input }) => orderSnapshot(ctx.deps.db, ctx.viewer, input.orderId)),
  /** Page by page, those that the viewer may see. */
  list: signedInProcedure
    .input(ListOrdersInput)
    .query(({ ctx, input }) => listOrders(ctx.service, input)),
  mine: customerProcedure.query(({ ctx }) => customerSnapshot(ctx.deps.db, ctx.viewer)),
  watch: signedInProcedure
    .input(OrderInput.extend(Resume.shape))
    .subscription(({ ctx, input, signal }) =>
      withTransportErrors(
        followOrder({
          db: ctx.deps.db,
          hub: ctx.deps.hub,
          viewer: ctx.viewer,
          orderId: input.orderId,
          lastEventId: input.lastEventId ?? null,
          signal,
        }),
      ),
    ),
  watchMine: customerProcedure.input(Resume).subscription(({ ctx, input, signal }) =>
    withTransportErrors(
      followFeed({
        db: ctx.deps.db,
        hub: ctx.deps.hub,
        viewer: ctx.viewer,
        route: () => ({
          feed: { customerId: ctx.viewer.userId },
          topic: `customer:${ctx.viewer.userId}`,
        }),
        snapshot: () => customerSnapshot(ctx.deps.db, ctx.viewer),
        lastEventId: input.lastEventId ?? null,
        signal,
      }),
    ),
  ),
  /** Where the courier is, while it is the viewer's to see. */
  courier: signedInProcedure.input(OrderInput).subscription(({ ctx, input, signal }) =>
    withTransportErrors(
      followCourier({
        db: ctx.deps.db,
        hub: ctx.deps.hub,
        viewer: ctx.viewer,
        orderId: input.orderId,
        signal,
      }),
    ),
  ),
});
