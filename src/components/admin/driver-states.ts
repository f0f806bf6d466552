import { Bike, CircleSlash, Coffee, type LucideIcon, Store, UserCheck } from 'lucide-react';
import type { MarkerTone } from '@/components/shared/map/map-marker';
import type { Tone } from '@/components/ui/tone';
import type { DriverState } from '@/domain/board-drivers';

type StateLook = { tone: Tone; marker: MarkerTone; icon: LucideIcon };

/** Their words are `admin.driverState`. */
export const DRIVER_STATES: Readonly<Record<DriverState, StateLook>> = {
  free: { tone: 'good', marker: 'good', icon: UserCheck },
  to_pickup: { tone: 'info', marker: 'info', icon: Store },
  carrying: { tone: 'accent', marker: 'accent', icon: Bike },
  on_break: { tone: 'neutral', marker: 'quiet', icon: Coffee },
  no_signal: { tone: 'neutral', marker: 'quiet', icon: CircleSlash },
};
