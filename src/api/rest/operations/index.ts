import type { Operation } from '@/api/rest/operation';
import { authOperations } from './auth';
import { driverOperations } from './drivers';
import { eventOperations } from './events';
import { menuOperations } from './menus';
import { orderOperations } from './orders';
import { restaurantOperations } from './restaurants';

/** All that can be asked under `/api/v1`: the door, the document and the tests read this table. */
export const OPERATIONS: readonly Operation[] = [
  ...authOperations,
  ...restaurantOperations,
  ...menuOperations,
  ...orderOperations,
  ...driverOperations,
  ...eventOperations,
];
