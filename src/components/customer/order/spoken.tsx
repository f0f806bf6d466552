'use client';

import { useTranslations } from 'next-intl';
import { headlineWord } from '@/components/shared/status-words';
import { delayWords, imminentWords } from './notice-words';
import type { Told } from './order-story';
import type { OrderEta } from './use-order-eta';
import { useOrderWords } from './use-order-words';

type SpokenProps = { told: Told; eta: OrderEta | null; who: { title: string; detail: string } };

/** What a screen reader is told as it happens: each sentence when it changes, minutes never. */
export function Spoken({ told, eta, who }: SpokenProps) {
  const words = useOrderWords();
  const shared = useTranslations('shared');
  const delay = delayWords(eta, words);
  const imminent = imminentWords(told, words);
  return (
    <div aria-live="polite" className="sr-only">
      <p>
        {words.t('about', {
          number: String(told.order.number),
          status: shared(headlineWord(told).key),
          ...who,
        })}
      </p>
      <p suppressHydrationWarning>{delay && `${delay.title}. ${delay.detail}`}</p>
      <p>{imminent && `${imminent.title}. ${imminent.detail}`}</p>
    </div>
  );
}
