'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { CircleCheck, CircleX, TimerOff, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { OfferImage } from '@/domain/offer';
import type { RefusalWords } from '@/trpc/refusal';
import type { Gone } from './use-offer';

const ICONS = {
  ran_out: TimerOff,
  withdrawn: Undo2,
  said_yes: CircleCheck,
  said_no: CircleX,
} as const satisfies Record<Gone, unknown>;

type OfferGoneProps = {
  offer: OfferImage;
  gone: Gone;
  /** What the server said to a yes that came too late. */
  refusal: RefusalWords | null;
  onLeave: () => void;
};

export function OfferGone({ offer, gone, refusal, onLeave }: OfferGoneProps) {
  const t = useTranslations('driver.gone');
  const Icon = ICONS[gone];
  return (
    <div
      role="alert"
      className="mx-auto flex w-full max-w-xl flex-1 flex-col px-5 pb-[max(1.25rem,env(safe-area-inset-bottom))]"
    >
      <div className="flex flex-1 flex-col items-center justify-center text-center">
        <span className="grid size-20 place-items-center rounded-full bg-hover text-quiet">
          <Icon aria-hidden="true" className="size-9" strokeWidth={1.75} />
        </span>
        <Base.Title className="mt-5 text-balance text-xl">
          {refusal ? t('lost') : t(`${gone}.title`)}
        </Base.Title>
        <p className="mt-2 max-w-xs text-pretty text-base text-quiet">
          {refusal ? `${refusal.message} ${refusal.hint ?? ''}` : t(`${gone}.detail`)}
        </p>
        <p className="numerals mt-4 text-faint text-sm">
          {t('order', { number: offer.orderNumber, restaurant: offer.restaurantName })}
        </p>
      </div>
      <Button variant="primary" size="thumb" full onClick={onLeave} className="h-18 rounded-card">
        {t('ok')}
      </Button>
    </div>
  );
}
