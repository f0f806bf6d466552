import { publicProcedure, router, signedInProcedure } from '@/api/init';
import {
  getNoticeSettings,
  getPushKey,
  SetLocaleInput,
  SetNoticeInput,
  SubscribePushInput,
  setLocale,
  setNotice,
  subscribePush,
  UnsubscribePushInput,
  unsubscribePush,
} from '@/services/notice-settings';
import { getPhone, SetPhoneInput, setPhone } from '@/services/set-phone';

export const noticesRouter = router({
  settings: signedInProcedure.query(({ ctx }) => getNoticeSettings(ctx.service)),
  set: signedInProcedure
    .input(SetNoticeInput)
    .mutation(({ ctx, input }) => setNotice(ctx.service, input)),
  /** What a browser subscribes to pushes with; the same for everybody. */
  pushKey: publicProcedure.query(({ ctx }) => getPushKey(ctx.service)),
  subscribePush: signedInProcedure
    .input(SubscribePushInput)
    .mutation(({ ctx, input }) => subscribePush(ctx.service, input, ctx.deps.pushHosts)),
  unsubscribePush: signedInProcedure
    .input(UnsubscribePushInput)
    .mutation(({ ctx, input }) => unsubscribePush(ctx.service, input)),
  /** Where the person can be called about an order on its way. */
  phone: signedInProcedure.query(({ ctx }) => getPhone(ctx.service)),
  setPhone: signedInProcedure
    .input(SetPhoneInput)
    .mutation(({ ctx, input }) => setPhone(ctx.service, input)),
  setLocale: signedInProcedure
    .input(SetLocaleInput)
    .mutation(({ ctx, input }) => setLocale(ctx.service, input)),
});
