import { adminProcedure, router } from '@/api/init';
import {
  ChangePromoInput,
  changePromo,
  listPromos,
  MakePromoInput,
  makePromo,
  StopPromoInput,
  stopPromo,
} from '@/services/change-promo';
import { ChangeSettingsInput, changeSettings, getSettings } from '@/services/change-settings';
import { ListChangesInput, listChanges } from '@/services/list-changes';

export const settingsRouter = router({
  get: adminProcedure.query(({ ctx }) => getSettings(ctx.service)),
  change: adminProcedure
    .input(ChangeSettingsInput)
    .mutation(({ ctx, input }) => changeSettings(ctx.service, input)),
  promos: adminProcedure.query(({ ctx }) => listPromos(ctx.service)),
  makePromo: adminProcedure
    .input(MakePromoInput)
    .mutation(({ ctx, input }) => makePromo(ctx.service, input)),
  changePromo: adminProcedure
    .input(ChangePromoInput)
    .mutation(({ ctx, input }) => changePromo(ctx.service, input)),
  stopPromo: adminProcedure
    .input(StopPromoInput)
    .mutation(({ ctx, input }) => stopPromo(ctx.service, input)),
  changes: adminProcedure
    .input(ListChangesInput)
    .query(({ ctx, input }) => listChanges(ctx.service, input)),
});
