import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { DECLINE_REASONS, FAIL_REASONS, HAND_BACK_REASONS } from '@/domain/delivery';
import { NO_PIN_REASONS } from '@/domain/handover';
import { CANCEL_REASONS, REJECT_REASONS } from '@/domain/order';

const among = <Reason extends string>(reasons: readonly Reason[], reason: string) =>
  reasons.find((each) => each === reason);

/** Any reason in words; one that no list knows is shown as it stands. */
export function useReasonWords(): (reason: string) => string {
  const t = useTranslations('reasons');
  return useCallback(
    (reason) => {
      const cancel = among(CANCEL_REASONS, reason);
      if (cancel) return t(`cancel.${cancel}`);
      const reject = among(REJECT_REASONS, reason);
      if (reject) return t(`reject.${reject}`);
      const fail = among(FAIL_REASONS, reason);
      if (fail) return t(`fail.${fail}`);
      const handBack = among(HAND_BACK_REASONS, reason);
      if (handBack) return t(`handBack.${handBack}`);
      const noPin = among(NO_PIN_REASONS, reason);
      if (noPin) return t(`noPin.${noPin}`);
      if (reason === 'order_cancelled') return t('orderCancelled');
      const decline = among(DECLINE_REASONS, reason);
      return decline ? t(`decline.${decline}`) : reason.replaceAll('_', ' ');
    },
    [t],
  );
}
