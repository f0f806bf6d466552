/** The admin's pages, as header and bottom bar list them; their words are `admin.nav`. */
export const PLACES = [
  { href: '/admin', key: 'board' },
  { href: '/admin/restaurants', key: 'restaurants' },
  { href: '/admin/drivers', key: 'drivers' },
  { href: '/admin/dispatch', key: 'dispatch' },
  { href: '/admin/events', key: 'events' },
  { href: '/admin/analytics', key: 'analytics' },
  { href: '/admin/eta', key: 'eta' },
  { href: '/admin/people', key: 'people' },
  { href: '/admin/zones', key: 'zones' },
  { href: '/admin/settings', key: 'settings' },
] as const;

export type PlaceKey = (typeof PLACES)[number]['key'];
