/** What a driver has collected and not handed in yet, minor units of one currency. */
export type CashDue = {
  driverId: string;
  driverName: string;
  currency: string;
  amount: number;
  orders: number;
  /** When the first of it was collected. */
  since: string;
};

/** Cash that a driver has handed in, and who counted it; minor units of one currency. */
export type CashHandin = {
  id: string;
  driverName: string;
  adminName: string;
  currency: string;
  amount: number;
  orders: number;
  at: string;
};
