import type { Proof } from './delivery';
import { conflict, invalid, type Refusal } from './errors';
import type { ProofInput } from './handover-proof';
import type { OrderImage } from './order';

/** Why a driver hands over without the PIN. */
export const NO_PIN_REASONS = ['customer_cannot_say', 'neighbour_took_it', 'other'] as const;

/** Wrong PINs that a driver may enter for one delivery. */
export const PIN_ATTEMPTS = 5;

export type HandoverVerdict =
  | { kind: 'proven'; proof: Proof; reason: string | null }
  | { kind: 'wrong_pin'; left: number }
  | { kind: 'refused'; refusal: Refusal };

/** Whether the order is handed over against the customer's PIN. */
export const needsPin = ({ pin, handover }: Pick<OrderImage, 'pin' | 'handover'>): boolean =>
  pin !== null && handover === 'in_person';

const proven = (proof: Proof, reason: string | null = null): HandoverVerdict => ({
  kind: 'proven',
  proof,
  reason,
});

/**
 * Judges a handover: by the PIN where one is needed; else by a photo at the door of somebody who is not
 * there, by a signature, or without any for a reason that is kept.
 */
export function judgeHandover(
  order: Pick<OrderImage, 'pin' | 'handover'>,
  given: ProofInput | undefined,
  failures: number,
): HandoverVerdict {
  const byPin = needsPin(order);
  if (given?.kind === 'photo') return proven('photo', byPin ? 'customer_absent' : null);
  if (given?.kind === 'signature' || given?.kind === 'signed_name') return proven('signature');
  if (!byPin) return proven(order.handover === 'at_door' ? 'at_door' : 'none');
  if (!given) {
    const refusal = invalid({
      reason: 'pin_required',
      message: 'This order is handed over against the customer’s PIN.',
      hint: 'Ask the customer for the four digits on their screen.',
    });
    return { kind: 'refused', refusal };
  }
  if (given.kind === 'none') return proven('none', given.reason);
  if (failures >= PIN_ATTEMPTS) {
    const refusal = conflict({
      reason: 'pin_locked',
      message: 'The PIN was wrong too often.',
      hint: 'Take a photo or a signature, or say why there is none; a dispatcher will look at it.',
    });
    return { kind: 'refused', refusal };
  }
  if (given.pin === order.pin) return proven('pin');
  return { kind: 'wrong_pin', left: PIN_ATTEMPTS - failures - 1 };
}

export const wrongPin = (left: number): Refusal =>
  invalid({
    reason: 'wrong_pin',
    message: 'This is not the customer’s PIN.',
    hint: left > 0 ? `Ask again: ${left} tries are left.` : 'Hand over without it and say why.',
    data: { left },
  });

export type { ProofInput } from './handover-proof';
