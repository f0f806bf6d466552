'use client';

import { ChefHat, type LucideIcon, PackageCheck, Sparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { INK_TONE, type Tone } from '@/components/ui/tone';
import type { KitchenColumn, KitchenView } from '@/domain/kitchen-view';
import type { MustSeeImage } from '@/domain/must-see-image';
import type { OrderCard } from '@/domain/views';
import { Ticket } from './ticket';

const LOOKS: Readonly<Record<KitchenColumn, { icon: LucideIcon; tone: Tone }>> = {
  new: { icon: Sparkles, tone: 'info' },
  preparing: { icon: ChefHat, tone: 'accent' },
  ready: { icon: PackageCheck, tone: 'good' },
};

export type TicketData = { card: OrderCard; toSee: MustSeeImage[] };

/** What is due first on top: when it is ready, or when it was ordered. */
const dueAt = ({ card: { order } }: TicketData): number =>
  Date.parse(order.readyEstimateAt ?? order.placedAt);

type KitchenColumnListProps = {
  id: KitchenColumn;
  tickets: readonly TicketData[];
  lines: KitchenView['lines'];
  arrivals: ReadonlyMap<string, number>;
  className?: string;
};

export function KitchenColumnList(props: KitchenColumnListProps) {
  const { id, tickets, lines, arrivals, className } = props;
  const t = useTranslations('kitchen');
  const { icon: Icon, tone } = LOOKS[id];
  return (
    <section
      aria-labelledby={`kitchen-${id}`}
      className={cn('flex min-h-0 min-w-0 flex-col rounded-card bg-sunken', className)}
    >
      <header className="flex items-center gap-2 px-4 pt-3 pb-2">
        <Icon aria-hidden="true" className={cn('size-5 shrink-0', INK_TONE[tone])} />
        <h2 id={`kitchen-${id}`} className="text-base tracking-normal">
          {t(`column.${id}.title`)}
        </h2>
        <span className="numerals ms-auto text-base text-quiet">{tickets.length}</span>
      </header>
      {tickets.length === 0 ? (
        <p className="px-4 pt-1 pb-5 text-quiet text-sm">{t(`column.${id}.empty`)}</p>
      ) : (
        <ul className="scroll-quiet flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto px-2.5 pt-0.5 pb-2.5">
          {[...tickets]
            .sort((a, b) => dueAt(a) - dueAt(b))
            .map((ticket) => (
              <li key={ticket.card.order.id}>
                <Ticket
                  {...ticket}
                  lines={lines[ticket.card.order.id]}
                  arrivesIn={arrivals.get(ticket.card.order.id)}
                />
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}
