import { createCallerFactory, router } from './init';
import { addressesRouter } from './routers/addresses';
import { adminRouter } from './routers/admin';
import { authRouter } from './routers/auth';
import { driversRouter } from './routers/drivers';
import { kitchenRouter } from './routers/kitchen';
import { noticesRouter } from './routers/notices';
import { ordersRouter } from './routers/orders';
import { restaurantsRouter } from './routers/restaurants';
import { shareRouter } from './routers/share';

export const appRouter = router({
  auth: authRouter,
  restaurants: restaurantsRouter,
  addresses: addressesRouter,
  orders: ordersRouter,
  share: shareRouter,
  notices: noticesRouter,
  drivers: driversRouter,
  admin: adminRouter,
  kitchen: kitchenRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
