'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { TimerOff, Undo2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { OfferImage } from '@/domain/offer';
import type { RefusalWords } from '@/trpc/refusal';
import type { Gone } from './use-offer';

const WORDS = {
  ran_out: {
    icon: TimerOff,
    title: 'This offer has run out',
    detail: 'The next driver is being asked. Another offer will come.',
  },
  withdrawn: {
    icon: Undo2,
    title: 'This offer was withdrawn',
    detail: 'Somebody else has it now, or the order was cancelled.',
  },
} as const;

type OfferGoneProps = {
  offer: OfferImage;
  gone: Gone;
  /** What the server said to a yes that came too late. */
  refusal: RefusalWords | null;
  onLeave: () => void;
};

export function OfferGone({ offer, gone, refusal, onLeave }: OfferGoneProps) {
  const { icon: Icon, title, detail } = WORDS[gone];
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
          {refusal ? 'You don’t have this one' : title}
        </Base.Title>
        <p className="mt-2 max-w-xs text-pretty text-base text-quiet">
          {refusal ? `${refusal.message} ${refusal.hint ?? ''}` : detail}
        </p>
        <p className="numerals mt-4 text-faint text-sm">
          #{offer.orderNumber}, {offer.restaurantName}
        </p>
      </div>
      <Button variant="primary" size="thumb" full onClick={onLeave} className="h-18 rounded-card">
        OK
      </Button>
    </div>
  );
}
