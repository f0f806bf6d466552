import { adminProcedure, router } from '@/api/init';
import {
  listApiKeys,
  MakeApiKeyInput,
  makeApiKey,
  RevokeApiKeyInput,
  revokeApiKey,
} from '@/services/make-api-key';

export const apiKeysRouter = router({
  list: adminProcedure.query(({ ctx }) => listApiKeys(ctx.service)),
  make: adminProcedure
    .input(MakeApiKeyInput)
    .mutation(({ ctx, input }) => makeApiKey(ctx.service, input)),
  revoke: adminProcedure
    .input(RevokeApiKeyInput)
    .mutation(({ ctx, input }) => revokeApiKey(ctx.service, input)),
});
