import { customerProcedure, router } from '@/api/init';
import { EraseOwnAccountInput, eraseOwnAccount } from '@/services/erase-person';
import { exportOwnData } from '@/services/export-person';

export const accountRouter = router({
  export: customerProcedure.query(({ ctx }) => exportOwnData(ctx.service)),
  erase: customerProcedure
    .input(EraseOwnAccountInput)
    .mutation(({ ctx, input }) => eraseOwnAccount(ctx.service, input)),
});
