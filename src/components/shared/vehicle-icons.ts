import { Bike, CarFront, type LucideIcon, Motorbike } from 'lucide-react';
import type { Vehicle } from '@/domain/driver';

/** Their words are `shared.vehicle`. */
export const VEHICLE_ICONS: Readonly<Record<Vehicle, LucideIcon>> = {
  bike: Bike,
  scooter: Motorbike,
  car: CarFront,
};
