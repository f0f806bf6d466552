import type { GeoPoint } from './geo';
import type { MenuSection } from './menu';
import type { RestaurantImage } from './restaurant-image';

/** All that an admin edits of one restaurant. */
export type RestaurantDesk = {
  restaurant: RestaurantImage;
  phone: string | null;
  zoneName: string;
  /** The corners of the area that was drawn; null: the radius counts. */
  area: GeoPoint[] | null;
  /** Who edited it last; null for nobody known. */
  changedBy: string | null;
  menu: MenuSection[];
  /** What has left the menu and can be put back. */
  removed: { id: string; name: string; section: string }[];
};
