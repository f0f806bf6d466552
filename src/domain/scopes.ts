/** What an API key may do; what its person may not do stays forbidden all the same. */
export const SCOPES = [
  'orders:read',
  'orders:write',
  'menus:write',
  'drivers:read',
  'drivers:write',
  'events:read',
] as const;
export type Scope = (typeof SCOPES)[number];
