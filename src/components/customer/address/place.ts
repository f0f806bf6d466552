import { stored } from '@/components/shared/stored';
import { DEFAULT_PLACE, type Place } from './default-place';
import { parsePlace } from './stored-address';

export const place = stored<Place>('hotfoot.place', DEFAULT_PLACE, parsePlace);
