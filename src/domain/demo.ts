import type { Role } from './roles';

/** The accounts of the demo city. Public, so they can't exist in production. */
export const DEMO_PASSWORD = 'hotfoot-demo';
export const DEMO_SIGN_INS = [
  { role: 'customer', name: 'Mara Quill', email: 'customer@hotfoot.test' },
  { role: 'driver', name: 'Dana Swift', email: 'driver@hotfoot.test' },
  { role: 'admin', name: 'Ada Warden', email: 'admin@hotfoot.test' },
  { role: 'kitchen', name: 'Kit Ladle', email: 'kitchen@hotfoot.test' },
] as const satisfies readonly { role: Role; name: string; email: string }[];

/** The restaurant whose kitchen the demo’s account acts for. */
export const DEMO_KITCHEN = 'Little Osaka';
