import { adminProcedure, router } from '@/api/init';
import {
  AcknowledgeMissedInput,
  acknowledgeMissed,
  ChangeWebhookInput,
  changeWebhook,
  MakeWebhookInput,
  makeWebhook,
  RemoveWebhookInput,
  RotateWebhookInput,
  removeWebhook,
  rotateWebhook,
  StopWebhookInput,
  stopWebhook,
} from '@/services/change-webhook';
import { ListDeliveriesInput, listDeliveries, listWebhooks } from '@/services/list-webhooks';
import { TestWebhookInput, testWebhook } from '@/services/test-webhook';

export const webhooksRouter = router({
  list: adminProcedure.query(({ ctx }) => listWebhooks(ctx.service)),
  deliveries: adminProcedure
    .input(ListDeliveriesInput)
    .query(({ ctx, input }) => listDeliveries(ctx.service, input)),
  make: adminProcedure
    .input(MakeWebhookInput)
    .mutation(({ ctx, input }) => makeWebhook(ctx.service, input, ctx.deps.webhooks)),
  change: adminProcedure
    .input(ChangeWebhookInput)
    .mutation(({ ctx, input }) => changeWebhook(ctx.service, input, ctx.deps.webhooks)),
  rotate: adminProcedure
    .input(RotateWebhookInput)
    .mutation(({ ctx, input }) => rotateWebhook(ctx.service, input)),
  stop: adminProcedure
    .input(StopWebhookInput)
    .mutation(({ ctx, input }) => stopWebhook(ctx.service, input)),
  acknowledgeMissed: adminProcedure
    .input(AcknowledgeMissedInput)
    .mutation(({ ctx, input }) => acknowledgeMissed(ctx.service, input)),
  remove: adminProcedure
    .input(RemoveWebhookInput)
    .mutation(({ ctx, input }) => removeWebhook(ctx.service, input)),
  test: adminProcedure
    .input(TestWebhookInput)
    .mutation(({ ctx, input }) => testWebhook(ctx.service, input, ctx.deps.webhooks)),
});
