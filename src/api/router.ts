import { createCallerFactory, router } from './init';
import { addressesRouter } from './routers/addresses';
import { adminRouter } from './routers/admin';
import { authRouter } from './routers/auth';
import { driversRouter } from './routers/drivers';
import { noticesRouter } from './routers/notices';
import { ordersRouter } from './routers/orders';
import { peopleRouter } from './routers/people';
import { restaurantsRouter } from './routers/restaurants';
import { settingsRouter } from './routers/settings';
import { shareRouter } from './routers/share';
import { zonesRouter } from './routers/zones';

export const appRouter = router({
  auth: authRouter,
  restaurants: restaurantsRouter,
  addresses: addressesRouter,
  orders: ordersRouter,
  share: shareRouter,
  notices: noticesRouter,
  drivers: driversRouter,
  admin: adminRouter,
  people: peopleRouter,
  zones: zonesRouter,
  settings: settingsRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
