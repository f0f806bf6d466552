'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { Sheet } from '@/components/ui/sheet';
import { NO_PIN_REASONS, needsPin } from '@/domain/handover';
import type { OrderImage } from '@/domain/order';
import type { RefusalWords } from '@/trpc/refusal';
import { PhotoField } from './photo-field';
import { PIN_LENGTH, PinPad } from './pin-pad';
import { SignaturePad } from './signature-pad';
import type { Brought } from './step-queue';

type Reason = (typeof NO_PIN_REASONS)[number];
type Way = 'pin' | 'photo' | 'signature' | 'none';

type HandOverSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  order: OrderImage;
  pending: boolean;
  /** Why the latest attempt was refused. */
  refusal: RefusalWords | null;
  onProof: (proof: Brought) => void;
};

/** How a handover of this order can be proven, the usual way first. */
function waysFor(order: OrderImage): Way[] {
  if (needsPin(order)) return ['pin', 'photo', 'signature', 'none'];
  return order.handover === 'at_door' ? ['photo', 'signature'] : ['signature', 'photo'];
}

/** Proves the handover: by the PIN that the customer says, a photo, a signature, or for a reason without. */
export function HandOverSheet(props: HandOverSheetProps) {
  const { open, onOpenChange, order, pending, refusal, onProof } = props;
  const t = useTranslations('driver.pin');
  const reasons = useTranslations('reasons.noPin');
  const ways = waysFor(order);
  const [chosen, choose] = useState<Way>(ways[0] ?? 'pin');
  const [digits, setDigits] = useState('');
  const [picture, setPicture] = useState<string | null>(null);
  const [signature, setSignature] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [reason, setReason] = useState<Reason | null>(null);
  const locked = refusal?.reason === 'pin_locked';
  const way = locked && chosen === 'pin' ? 'none' : chosen;
  const wrong = refusal !== null && digits === '' && way === 'pin';
  // The answer of the server: a wrong PIN is typed anew, a picture that is none taken anew.
  useEffect(() => {
    if (!refusal) return;
    setDigits('');
    setPicture(null);
  }, [refusal]);

  const brought: Record<Way, Brought | null> = {
    pin: digits.length < PIN_LENGTH ? null : { kind: 'pin', pin: digits },
    photo: picture === null ? null : { kind: 'photo', picture },
    signature: signature
      ? { kind: 'signature', picture: signature }
      : name.trim() === ''
        ? null
        : { kind: 'signed_name', name: name.trim() },
    none: reason === null ? null : { kind: 'none', reason },
  };
  const proof = brought[way];
  const others = ways.filter((each) => each !== way && !(locked && each === 'pin'));

  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t(`way.${way}.title`)}
      footer={
        <div className="flex flex-col gap-1">
          <Button
            variant="primary"
            size="thumb"
            full
            disabled={proof === null}
            loading={pending}
            onClick={() => proof && onProof(proof)}
          >
            {t(way === 'none' ? 'handOverWithout' : 'handOver')}
          </Button>
          <div className="flex flex-wrap justify-center gap-x-1">
            {others.map((each) => (
              <Button
                key={each}
                variant="quiet"
                size="md"
                disabled={pending}
                onClick={() => choose(each)}
                className="text-quiet"
              >
                {t(`way.${each}.choose`)}
              </Button>
            ))}
          </div>
        </div>
      }
    >
      <p className="text-pretty text-base text-quiet">
        {t(`way.${way}.detail`, { customer: order.customerName })}
      </p>
      <div role="alert">
        {refusal && (wrong || way !== 'pin') && (
          <p className="mt-3 flex gap-2 rounded-control bg-bad-soft p-3 text-bad-ink text-base">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
            <span>
              {refusal.message} {refusal.hint}
            </span>
          </p>
        )}
      </div>
      <div className="mt-5">
        {way === 'pin' && <PinPad digits={digits} onChange={setDigits} wrong={wrong} />}
        {way === 'photo' && <PhotoField picture={picture} onPicture={setPicture} />}
        {way === 'signature' && (
          <>
            <SignaturePad drawn={signature !== null} onDrawn={setSignature} />
            <Field label={t('typedName')} hint={t('typedNameHint')} className="mt-3">
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  maxLength={80}
                  autoComplete="off"
                  onChange={({ target }) => setName(target.value)}
                />
              )}
            </Field>
          </>
        )}
        {way === 'none' && (
          <RadioGroup
            label={t('reason')}
            value={reason}
            onChange={setReason}
            choices={NO_PIN_REASONS.map((value) => ({ value, label: reasons(value) }))}
            className="[&>label]:min-h-14 [&>label]:text-base"
          />
        )}
      </div>
    </Sheet>
  );
}
