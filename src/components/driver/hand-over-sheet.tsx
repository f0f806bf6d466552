'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/radio-group';
import { Sheet } from '@/components/ui/sheet';
import { NO_PIN_REASONS, type ProofInput } from '@/domain/handover';
import type { RefusalWords } from '@/trpc/refusal';
import { PIN_LENGTH, PinPad } from './pin-pad';

type Reason = (typeof NO_PIN_REASONS)[number];

type HandOverSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  customer: string;
  pending: boolean;
  /** Why the latest attempt was refused. */
  refusal: RefusalWords | null;
  onProof: (proof: ProofInput) => void;
  /** Above the button, e.g. that it is kept until there is a network. */
  children?: ReactNode;
};

/** Proves the handover: by the PIN that the customer says, or without it for a reason. */
export function HandOverSheet(props: HandOverSheetProps) {
  const { open, onOpenChange, customer, pending, refusal, onProof, children } = props;
  const t = useTranslations('driver.pin');
  const reasons = useTranslations('shared.reason.noPin');
  const [digits, setDigits] = useState('');
  const [without, setWithout] = useState(false);
  const [reason, setReason] = useState<Reason | null>(null);
  const locked = refusal?.reason === 'pin_locked';
  const asking = !without && !locked;
  const wrong = refusal !== null && digits === '' && asking;
  // The answer of the server: a wrong PIN is typed anew.
  useEffect(() => {
    if (refusal) setDigits('');
  }, [refusal]);

  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t(asking ? 'title' : 'withoutTitle')}
      footer={
        <div className="flex flex-col gap-1">
          {children}
          {asking ? (
            <Button
              variant="primary"
              size="thumb"
              full
              disabled={digits.length < PIN_LENGTH}
              loading={pending}
              onClick={() => onProof({ kind: 'pin', pin: digits })}
            >
              {t('handOver')}
            </Button>
          ) : (
            <Button
              variant="primary"
              size="thumb"
              full
              disabled={reason === null}
              loading={pending}
              onClick={() => reason && onProof({ kind: 'none', reason })}
            >
              {t('handOverWithout')}
            </Button>
          )}
          {!locked && (
            <Button
              variant="quiet"
              size="thumb"
              full
              disabled={pending}
              onClick={() => setWithout(!without)}
            >
              {t(without ? 'enter' : 'without')}
            </Button>
          )}
        </div>
      }
    >
      <p className="text-pretty text-base text-quiet">
        {asking ? t('ask', { customer }) : t('withoutDetail')}
      </p>
      <div role="alert">
        {refusal && (wrong || locked) && (
          <p className="mt-3 flex gap-2 rounded-control bg-bad-soft p-3 text-bad-ink text-base">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
            <span>
              {refusal.message} {refusal.hint}
            </span>
          </p>
        )}
      </div>
      {asking ? (
        <div className="mt-5">
          <PinPad digits={digits} onChange={setDigits} wrong={wrong} />
        </div>
      ) : (
        <RadioGroup
          label={t('reason')}
          value={reason}
          onChange={setReason}
          choices={NO_PIN_REASONS.map((value) => ({ value, label: reasons(value) }))}
          className="mt-3 [&>label]:min-h-14 [&>label]:text-base"
        />
      )}
    </Sheet>
  );
}
