import {
  Bike,
  CheckCheck,
  ChefHat,
  type LucideIcon,
  PackageCheck,
  Siren,
  Sparkles,
} from 'lucide-react';
import type { Tone } from '@/components/ui/tone';
import type { ColumnId } from '@/domain/board-columns';

type ColumnLook = { tone: Tone; icon: LucideIcon };

/** Their words are `admin.column`. */
export const COLUMNS: Readonly<Record<ColumnId, ColumnLook>> = {
  attention: { tone: 'bad', icon: Siren },
  new: { tone: 'info', icon: Sparkles },
  preparing: { tone: 'accent', icon: ChefHat },
  ready: { tone: 'accent', icon: PackageCheck },
  on_the_way: { tone: 'accent', icon: Bike },
  done: { tone: 'good', icon: CheckCheck },
};
