import { VEHICLE_ICONS } from '@/components/shared/vehicle-icons';
import type { Vehicle } from '@/domain/driver';

/** What the courier rides or drives. */
export function VehicleIcon({ vehicle }: { vehicle: Vehicle }) {
  const Icon = VEHICLE_ICONS[vehicle];
  return <Icon aria-hidden="true" className="size-5" />;
}
