'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '@/components/shared/use-format';
import { Segmented } from '@/components/ui/segmented';
import { MOST_PUT_OFF } from '@/domain/hands-on';
import { trpc } from '@/trpc/client';
import type { DialogProps } from './driver-dialogs';
import { HandDialog } from './hand-dialog';
import { useHand, useSayDone, useSayUndone } from './use-hand';
import { useSeen } from './use-seen';

const STEPS = [5, 10, 15, 20, 30] as const;

/** Puts off when an order is ready; customer and driver hear it with the next ETA. */
export function DelayDialog({ view, onClose }: DialogProps) {
  const { id: orderId, number, readyEstimateAt, putOffMinutes, timeZone } = view.order;
  const t = useTranslations('handsOn.delay');
  const { clock, minutes: minuteWords } = useFormat();
  const seen = useSeen(view, 'delay');
  const sayDone = useSayDone();
  const sayUndone = useSayUndone(number);
  const [minutes, setMinutes] = useState(10);
  const choices = STEPS.filter((step) => putOffMinutes + step <= MOST_PUT_OFF);
  const undo = useHand(trpc.admin.delay.useMutation(), { onDone: sayUndone });
  const delay = useHand(trpc.admin.delay.useMutation(), {
    quiet: true,
    onDone: ({ version }) => {
      onClose();
      sayDone(t('done', { number, minutes: minuteWords(minutes) }), () =>
        undo.run({ orderId, minutes: -minutes, seenVersion: version }),
      );
    },
  });
  const later = readyEstimateAt && new Date(Date.parse(readyEstimateAt) + minutes * 60_000);
  return (
    <HandDialog
      seen={seen}
      action={delay}
      onClose={onClose}
      title={t('title', { number })}
      description={t('detail')}
      confirmLabel={t('confirm', { minutes: minuteWords(minutes) })}
      disabled={!choices.some((step) => step === minutes)}
      onConfirm={() => delay.run({ orderId, minutes, seenVersion: seen.version })}
    >
      {choices.length === 0 ? (
        <p className="text-sm">{t('most', { minutes: minuteWords(putOffMinutes) })}</p>
      ) : (
        <Segmented
          label={t('by')}
          value={String(minutes)}
          onChange={(value) => setMinutes(Number(value))}
          segments={choices.map((step) => ({
            value: String(step),
            label: <span className="numerals">{minuteWords(step)}</span>,
          }))}
          className="overflow-x-auto"
        />
      )}
      {later && readyEstimateAt && (
        <p aria-live="polite" className="numerals text-sm">
          {t('ready', { time: clock(later, timeZone), before: clock(readyEstimateAt, timeZone) })}
        </p>
      )}
    </HandDialog>
  );
}
