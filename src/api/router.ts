import { createCallerFactory, router } from './init';
import { liveRouter } from './live';
import { accountRouter } from './routers/account';
import { addressesRouter } from './routers/addresses';
import { adminRouter } from './routers/admin';
import { analyticsRouter } from './routers/analytics';
import { apiKeysRouter } from './routers/api-keys';
import { authRouter } from './routers/auth';
import { boardRouter } from './routers/board';
import { driversRouter } from './routers/drivers';
import { kitchenRouter } from './routers/kitchen';
import { logRouter } from './routers/log';
import { noticesRouter } from './routers/notices';
import { ordersRouter } from './routers/orders';
import { peopleRouter } from './routers/people';
import { restaurantDeskRouter } from './routers/restaurant-desk';
import { restaurantsRouter } from './routers/restaurants';
import { settingsRouter } from './routers/settings';
import { shareRouter } from './routers/share';
import { webhooksRouter } from './routers/webhooks';
import { zonesRouter } from './routers/zones';

const routers = {
  auth: authRouter,
  account: accountRouter,
  restaurants: restaurantsRouter,
  restaurantDesk: restaurantDeskRouter,
  addresses: addressesRouter,
  orders: ordersRouter,
  share: shareRouter,
  notices: noticesRouter,
  drivers: driversRouter,
  admin: adminRouter,
  analytics: analyticsRouter,
  log: logRouter,
  board: boardRouter,
  people: peopleRouter,
  zones: zonesRouter,
  settings: settingsRouter,
  webhooks: webhooksRouter,
  apiKeys: apiKeysRouter,
  kitchen: kitchenRouter,
};

export const appRouter = router({ ...routers, live: liveRouter(router(routers)) });
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
