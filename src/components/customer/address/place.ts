import { stored } from '@/components/shared/stored';
import { DEFAULT_PLACE, type Place, PlaceSchema } from './default-place';

export const place = stored<Place>(
  'hotfoot.place',
  DEFAULT_PLACE,
  (value) => PlaceSchema.safeParse(value).data ?? null,
);
