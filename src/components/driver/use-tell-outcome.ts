'use client';

import { useTranslations } from 'next-intl';
import { toastRefusal } from '@/components/shared/use-action';
import { toast } from '@/components/ui/toast';
import type { Outcome } from './use-steps';

/** These are said where the PIN or the picture is. */
export const SAID_IN_THE_SHEET: ReadonlySet<string> = new Set([
  'wrong_pin',
  'pin_locked',
  'pin_required',
  'not_a_photo',
  'photo_too_large',
  'photo_size_odd',
  'proof_unknown',
  'too_many_proofs',
]);

/** Says how what the driver did ended. */
export function useTellOutcome(): (outcome: Outcome) => void {
  const t = useTranslations('driver.step');
  return (outcome) => {
    if ('refused' in outcome) {
      const { refused, words } = outcome;
      if (!refused.kept && !SAID_IN_THE_SHEET.has(words.reason)) toastRefusal(words);
      return;
    }
    const { act, orderNumber: number } = outcome.done;
    if (act.kind === 'hand_back') toast.info(t('handedBack', { number }));
    if (act.kind === 'step' && act.step === 'deliver') toast.success(t('done', { number }));
  };
}
