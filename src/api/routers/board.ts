import { adminProcedure, router } from '@/api/init';
import { getDirectory } from '@/services/get-directory';

export const boardRouter = router({
  directory: adminProcedure.query(({ ctx }) => getDirectory(ctx.service)),
});
