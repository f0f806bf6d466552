import { z } from 'zod';
import { NO_PIN_REASONS } from './handover';
import { Text } from './text';

/** What a driver brings forward for a handover; pictures were stored before. */
export const ProofInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pin'), pin: z.string().regex(/^\d{4}$/, 'Four digits.') }),
  /** The customer is not there: left at the door. */
  z.object({ kind: z.literal('photo'), proofId: z.uuid() }),
  z.object({ kind: z.literal('signature'), proofId: z.uuid() }),
  /** Who signed, typed instead of drawn. */
  z.object({ kind: z.literal('signed_name'), name: Text.trim().min(1).max(80) }),
  z.object({ kind: z.literal('none'), reason: z.enum(NO_PIN_REASONS) }),
]);
export type ProofInput = z.infer<typeof ProofInput>;
