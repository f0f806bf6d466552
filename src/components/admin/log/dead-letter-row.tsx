'use client';

import { ChevronRight, RotateCcw, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import type { DeadLetter } from '@/domain/dead-letter';

type DeadLetterRowProps = {
  letter: DeadLetter;
  now: Date;
  chosen: boolean;
  onChoose: (on: boolean) => void;
  onRedrive: () => void;
  onDiscard: () => void;
};

/** One letter: to whom, how often, why not; opened, what it would say. */
export function DeadLetterRow(props: DeadLetterRowProps) {
  const { letter, now, chosen, onChoose, onRedrive, onDiscard } = props;
  const t = useTranslations('log.dead');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { sink, recipient, destination, order, attempts, error, about } = letter;
  const name = order
    ? t('letter', { recipient, number: order.number })
    : t('letterAbout', { recipient, about });
  return (
    <li className="border-line border-b px-3 py-2 last:border-0">
      <div className="flex items-start gap-2">
        <Checkbox
          checked={chosen}
          onChange={onChoose}
          label={<span className="sr-only">{name}</span>}
        />
        <div className="min-w-0 flex-1 py-1.5 text-sm">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge size="sm" tone="bad">
              {t(`sink.${sink}`)}
            </Badge>
            <bdi className="font-medium">{recipient}</bdi>
            <bdi className="min-w-0 truncate text-quiet">{destination ?? t('nowhere')}</bdi>
            {order && (
              <Link
                href={`/admin/orders/${order.id}`}
                className="numerals rounded-control underline decoration-line underline-offset-4 hover:decoration-ink"
              >
                #{order.number}
              </Link>
            )}
            <span dir="ltr" className="font-mono text-quiet text-xs">
              {about}
            </span>
          </p>
          <p className="mt-0.5 text-pretty text-bad-ink" dir="auto">
            {error}
          </p>
          <p className="numerals text-quiet text-xs" suppressHydrationWarning>
            {t('tries', { count: attempts, time: format.moment(letter.diedAt, now) })}
          </p>
        </div>
        <div className="flex shrink-0 items-center">
          <Button
            variant="quiet"
            size="icon-sm"
            aria-label={t('redriveOne', { name })}
            onClick={onRedrive}
          >
            <RotateCcw aria-hidden="true" />
          </Button>
          <Button
            variant="danger-quiet"
            size="icon-sm"
            aria-label={t('discardOne', { name })}
            onClick={onDiscard}
          >
            <Trash2 aria-hidden="true" />
          </Button>
          <Button
            variant="quiet"
            size="icon-sm"
            aria-expanded={open}
            aria-label={t('payloadOf', { name })}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight
              aria-hidden="true"
              className={cn('transition-transform rtl:-scale-x-100', open && 'rotate-90')}
            />
          </Button>
        </div>
      </div>
      {open && (
        <pre
          dir="ltr"
          className="mx-1 mb-2 whitespace-pre-wrap break-words rounded-control bg-sunken p-3 text-start font-mono text-xs"
        >
          {letter.payload ? JSON.stringify(letter.payload, null, 2) : t('forgotten')}
        </pre>
      )}
    </li>
  );
}
