import type { Database } from '@/db/client';
import type { PaymentProvider } from '@/services/payment-provider';
import { sandboxProvider } from './sandbox';

/** Which card provider this installation uses. */
export type CardSettings = { provider: 'off' } | { provider: 'sandbox'; secret: string };

/** The providers of this process, the one for new payments first. */
export function openProviders(
  db: Database,
  settings: CardSettings,
  options: { now: () => Date; told?: () => void },
): PaymentProvider[] {
  if (settings.provider === 'off') return [];
  return [sandboxProvider({ db, secret: settings.secret, ...options })];
}
