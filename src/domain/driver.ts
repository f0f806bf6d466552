import type { DriverImage } from './driver-image';

export const VEHICLES = ['bike', 'scooter', 'car'] as const;
export type Vehicle = (typeof VEHICLES)[number];

/** Cruising speed in town, metres per second: bike 15, scooter 25, car 22 km/h. */
export const VEHICLE_SPEED_MPS: Readonly<Record<Vehicle, number>> = {
  bike: 4.2,
  scooter: 6.9,
  car: 6.1,
};

/** Deliveries carried at once by whoever changes to this vehicle. */
export const VEHICLE_CAPACITY: Readonly<Record<Vehicle, number>> = { bike: 2, scooter: 3, car: 4 };

export type DutyState = 'offline' | 'online' | 'on_break' | 'shift_over';

/** How a driver stands to work now; only who is `online` is offered any. */
export function dutyOf(
  driver: Pick<DriverImage, 'online' | 'breakSince' | 'shiftOver'>,
): DutyState {
  if (!driver.online) return 'offline';
  if (driver.breakSince) return 'on_break';
  return driver.shiftOver ? 'shift_over' : 'online';
}

export type { DriverImage, DriverPosition } from './driver-image';
