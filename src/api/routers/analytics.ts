import { adminProcedure, router } from '@/api/init';
import { AnalyticsInput, exportAnalytics, getAnalytics } from '@/services/get-analytics';

export const analyticsRouter = router({
  report: adminProcedure
    .input(AnalyticsInput)
    .query(({ ctx, input }) => getAnalytics(ctx.service, input)),
  /** The whole breakdown as the content of a CSV file. */
  csv: adminProcedure
    .input(AnalyticsInput)
    .query(({ ctx, input }) => exportAnalytics(ctx.service, input)),
});
