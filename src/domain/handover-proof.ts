import { z } from 'zod';
import { NO_PIN_REASONS } from './handover';

/** What a driver brings forward for a handover. */
export const ProofInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pin'), pin: z.string().regex(/^\d{4}$/, 'Four digits.') }),
  z.object({ kind: z.literal('none'), reason: z.enum(NO_PIN_REASONS) }),
]);
export type ProofInput = z.infer<typeof ProofInput>;
