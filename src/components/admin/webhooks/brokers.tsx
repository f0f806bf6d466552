'use client';

import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import type { RouterOutputs } from '@/trpc/client';

type Broker = RouterOutputs['webhooks']['list']['brokers'][number];

/** The brokers that the environment names: they are shown here, and set up there. */
export function Brokers({ brokers }: { brokers: readonly Broker[] }) {
  const t = useTranslations('webhooks.brokers');
  const format = useFormat();
  const now = useNow(60);
  return (
    <section aria-labelledby="brokers-title">
      <h2 id="brokers-title" className="text-lg">
        {t('title')}
      </h2>
      <p className="mt-1 max-w-2xl text-pretty text-quiet text-sm">{t('detail')}</p>
      {brokers.length === 0 && <p className="mt-3 text-quiet text-sm">{t('none')}</p>}
      {brokers.length > 0 && (
        <ul className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
          {brokers.map((broker) => (
            <li key={broker.kind} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
              <bdi className="font-medium">{broker.name}</bdi>
              <Badge tone={broker.failingSince ? 'bad' : 'good'}>
                {broker.failingSince
                  ? t('failing', { time: format.moment(broker.failingSince, now) })
                  : broker.deliveredAt
                    ? t('delivered', { time: format.moment(broker.deliveredAt, now) })
                    : t('nothing')}
              </Badge>
              {broker.missed > 0 && (
                <Badge tone="warn">{t('missed', { count: broker.missed })}</Badge>
              )}
              {broker.lastError && (
                <p className="basis-full text-bad-ink text-sm" dir="auto">
                  {broker.lastError}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
