import { Bike, CarFront, type LucideIcon, Motorbike } from 'lucide-react';
import type { Vehicle } from '@/domain/driver';

export const VEHICLE_WORDS: Readonly<Record<Vehicle, { word: string; icon: LucideIcon }>> = {
  bike: { word: 'Bike', icon: Bike },
  scooter: { word: 'Scooter', icon: Motorbike },
  car: { word: 'Car', icon: CarFront },
};
