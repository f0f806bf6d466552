import { ChefHat } from 'lucide-react';
import { VEHICLE_WORDS } from '@/components/shared/vehicle-words';
import { Card } from '@/components/ui/card';
import type { DeliveryImage } from '@/domain/delivery';
import { VEHICLES } from '@/domain/driver';

const CARRYING: ReadonlySet<string> = new Set(['picked_up', 'at_dropoff']);

type CourierProps = { who: { title: string; detail: string }; delivery: DeliveryImage | null };

/** Who has the order now. */
export function Courier({ who, delivery }: CourierProps) {
  const carried = delivery !== null && CARRYING.has(delivery.status);
  const kind = VEHICLES.find((each) => each === delivery?.driverVehicle);
  const vehicle = kind && VEHICLE_WORDS[kind];
  const Icon = carried && vehicle ? vehicle.icon : ChefHat;
  return (
    <Card className="mt-6 flex items-center gap-3.5 p-4">
      <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
        <Icon aria-hidden="true" className="size-5" />
      </span>
      <div className="min-w-0">
        <p className="font-medium">{who.title}</p>
        <p className="text-quiet text-sm">
          {who.detail}
          {carried && vehicle ? ` By ${vehicle.word.toLowerCase()}.` : ''}
        </p>
      </div>
    </Card>
  );
}
