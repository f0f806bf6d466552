'use client';

import { BellRing, Eye, EyeOff, KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { imminentWords } from './notice-words';
import { courierName, isCarrying, type Told } from './order-story';
import { useOrderWords } from './use-order-words';

/** The four digits that prove the handover: large when they are needed, until then behind a button. */
export function HandoverPin({ told }: { told: Told }) {
  const words = useOrderWords();
  const { t } = words;
  const { order } = told;
  const [shown, setShown] = useState(false);
  const digitsId = useId();
  const counter = order.fulfilment === 'pickup';
  if (!counter && order.handover === 'at_door') {
    return <p className="mt-4 text-quiet text-sm">{t('pin.none')}</p>;
  }
  if (!order.pin) return null;
  const needed = counter ? order.status === 'ready' : isCarrying(told);
  if (needed) {
    const imminent = imminentWords(told, words);
    return (
      <Card className="mt-4 animate-rise border-accent/40 bg-accent-soft p-4 text-center">
        {imminent && (
          <p className="mb-3 flex flex-col items-center gap-0.5 text-sm">
            <strong className="flex items-center gap-2 font-semibold text-accent-ink text-base">
              <BellRing aria-hidden="true" className="size-5" />
              {imminent.title}
            </strong>
            <span className="text-pretty">{imminent.detail}</span>
          </p>
        )}
        <h2
          className={imminent ? 'sr-only' : 'font-medium text-accent-ink text-sm tracking-normal'}
        >
          {t('pin.title')}
        </h2>
        <Digits pin={order.pin} large />
        <p className="mt-3 text-pretty text-ink text-sm">
          {counter ? t('pin.sayCounter') : t('pin.say', { courier: courierName(told, words) })}
        </p>
      </Card>
    );
  }
  return (
    <div className="mt-4 flex min-h-12 items-center gap-3 rounded-card border border-line bg-raised ps-4 pe-1.5">
      <KeyRound aria-hidden="true" className="size-5 shrink-0 text-quiet" />
      <span className="min-w-0 flex-1 text-sm">
        {t(counter ? 'pin.laterCounter' : 'pin.later')}
      </span>
      <span id={digitsId} aria-live="polite">
        {shown ? <Digits pin={order.pin} /> : <Hidden />}
      </span>
      <Button
        variant="quiet"
        size="sm"
        aria-expanded={shown}
        aria-controls={digitsId}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
        {t(shown ? 'pin.hide' : 'pin.show')}
      </Button>
    </div>
  );
}

const Hidden = () => (
  <span aria-hidden="true" className="text-lg text-quiet tracking-[0.2em]">
    ••••
  </span>
);

const PLACES = [0, 1, 2, 3] as const;

/** Read out digit by digit, not as a number. */
function Digits({ pin, large = false }: { pin: string; large?: boolean }) {
  const { t } = useOrderWords();
  return (
    <>
      <span className="sr-only">{t('pin.spoken', { digits: [...pin].join(' ') })}</span>
      {large ? (
        <span aria-hidden="true" dir="ltr" className="mt-2.5 flex justify-center gap-2">
          {PLACES.map((place) => (
            <span
              key={place}
              className="numerals heading grid h-16 w-13 place-items-center rounded-control bg-raised text-2xl"
            >
              {pin[place]}
            </span>
          ))}
        </span>
      ) : (
        <span aria-hidden="true" dir="ltr" className="numerals heading text-lg tracking-[0.12em]">
          {pin}
        </span>
      )}
    </>
  );
}
