export const VEHICLES = ['bike', 'scooter', 'car'] as const;
export type Vehicle = (typeof VEHICLES)[number];

/** Cruising speed in town, metres per second: bike 15, scooter 25, car 22 km/h. */
export const VEHICLE_SPEED_MPS: Readonly<Record<Vehicle, number>> = {
  bike: 4.2,
  scooter: 6.9,
  car: 6.1,
};

export type { DriverImage, DriverPosition } from './driver-image';
