'use client';

import { CircleCheck, CircleSlash, CircleX, LifeBuoy, ReceiptText, RotateCcw } from 'lucide-react';
import { ProofPicture } from '@/components/shared/proof-picture';
import { Button, LinkButton } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { INK_TONE } from '@/components/ui/tone';
import type { OrderView } from '@/domain/views';
import { withTexts } from '@/i18n/later-texts';
import { endingOf } from './order-ending';
import { useOrderWords } from './use-order-words';
import { useReorder } from './use-reorder';

const ICONS = { good: CircleCheck, bad: CircleX, neutral: CircleSlash } as const;

type EndedProps = {
  view: OrderView;
  /** Where help is to be had; null where there is nothing to help with. */
  onHelp: (() => void) | null;
};

/** The end of the story, and what can come next. */
export const Ended = withTexts(['order'], Ending);

function Ending({ view, onHelp }: EndedProps) {
  const words = useOrderWords();
  const { t } = words;
  const { order, delivery } = view;
  const again = useReorder(order.id);
  const ending = endingOf(view, words);
  if (!ending) return null;
  const Icon = ICONS[ending.tone];
  const unserved = ending.tone === 'bad';
  return (
    <div className="mt-5">
      <p className="heading flex items-center gap-3 text-xl">
        <Icon aria-hidden="true" className={cn('size-8 shrink-0', INK_TONE[ending.tone])} />
        {ending.title}
      </p>
      <p className="mt-2 text-pretty text-quiet">{ending.detail}</p>
      {delivery?.proofId && <ProofPicture proofId={delivery.proofId} className="mt-4" />}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button
          variant={unserved ? 'secondary' : 'primary'}
          loading={again.pending}
          onClick={again.run}
        >
          <RotateCcw aria-hidden="true" />
          {t('again.order')}
        </Button>
        {unserved ? (
          <LinkButton href="/" variant="primary">
            {t('ending.seeRestaurants')}
          </LinkButton>
        ) : (
          <LinkButton href={`/orders/${order.id}/receipt`}>
            <ReceiptText aria-hidden="true" />
            {t('ending.receipt')}
          </LinkButton>
        )}
        {onHelp && (
          <Button onClick={onHelp}>
            <LifeBuoy aria-hidden="true" />
            {t('actions.help')}
          </Button>
        )}
      </div>
      {again.dialog}
    </div>
  );
}
