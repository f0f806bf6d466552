import { customerProcedure, publicProcedure, router } from '@/api/init';
import { GeoPointSchema } from '@/domain/geo-point';
import { FindAddressInput, findAddress, nameAddress } from '@/services/find-address';
import {
  KeepAddressInput,
  keepAddress,
  listAddresses,
  OneAddressInput,
  removeAddress,
  touchAddress,
} from '@/services/keep-address';

export const addressesRouter = router({
  search: publicProcedure
    .meta({ limited: 'search' })
    .input(FindAddressInput)
    .query(({ ctx, input }) => findAddress(ctx.service, input)),
  reverse: publicProcedure
    .meta({ limited: 'search' })
    .input(GeoPointSchema)
    .query(({ ctx, input }) => nameAddress(ctx.service, input)),
  saved: customerProcedure.query(({ ctx }) => listAddresses(ctx.service)),
  keep: customerProcedure
    .input(KeepAddressInput)
    .mutation(({ ctx, input }) => keepAddress(ctx.service, input)),
  touch: customerProcedure
    .input(OneAddressInput)
    .mutation(({ ctx, input }) => touchAddress(ctx.service, input)),
  remove: customerProcedure
    .input(OneAddressInput)
    .mutation(({ ctx, input }) => removeAddress(ctx.service, input)),
});
