export const ROLES = ['customer', 'driver', 'admin', 'kitchen'] as const;
export type Role = (typeof ROLES)[number];

/** Who acts: a signed-in person, or a part of the platform. */
export type Viewer = { userId: string; role: Role; name: string };

/** Where a person of this role lands after signing in. */
export const HOME: Readonly<Record<Role, string>> = {
  customer: '/',
  driver: '/driver',
  admin: '/admin',
  kitchen: '/kitchen',
};
