import { adminProcedure, router } from '@/api/init';
import {
  ChangeZoneInput,
  changeZone,
  DrawZoneInput,
  drawZone,
  listZones,
  RetireZoneInput,
  retireZone,
} from '@/services/draw-zone';

export const zonesRouter = router({
  list: adminProcedure.query(({ ctx }) => listZones(ctx.service)),
  draw: adminProcedure
    .input(DrawZoneInput)
    .mutation(({ ctx, input }) => drawZone(ctx.service, input)),
  change: adminProcedure
    .input(ChangeZoneInput)
    .mutation(({ ctx, input }) => changeZone(ctx.service, input)),
  retire: adminProcedure
    .input(RetireZoneInput)
    .mutation(({ ctx, input }) => retireZone(ctx.service, input)),
});
