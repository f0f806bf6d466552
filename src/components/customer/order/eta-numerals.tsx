import { Suspense } from 'react';
import type { OrderImage } from '@/domain/order';
import type { OrderEta } from './use-order-eta';
import { useOrderWords } from './use-order-words';

type EtaNumeralsProps = { eta: OrderEta; order: Pick<OrderImage, 'status' | 'fulfilment'> };

/** The window, large: read from across the room. */
export function EtaNumerals({ eta, order }: EtaNumeralsProps) {
  const { t, format } = useOrderWords();
  const { minutes, slot } = eta;
  if (slot) {
    return (
      <div className="mt-5">
        <p className="sr-only">{t('eta.slotSpoken', { day: slot.day, window: slot.clock })}</p>
        <div aria-hidden="true" suppressHydrationWarning className="numerals">
          <p className="text-quiet text-sm">{t('eta.slot', { day: slot.day })}</p>
          <p className="heading mt-1 text-[2.625rem] leading-tight tracking-[-0.03em]">
            {slot.clock}
          </p>
        </div>
      </div>
    );
  }
  const counter = order.fulfilment === 'pickup';
  if (counter && order.status === 'ready') {
    return <p className="heading mt-5 text-[3.25rem] leading-none">{t('eta.fetch')}</p>;
  }
  const { from, to } = minutes;
  const arrived = to <= 1;
  return (
    <div className="mt-5">
      <p suppressHydrationWarning className="sr-only">
        {arrived
          ? t(counter ? 'eta.readyNow' : 'eta.arrivesNow')
          : t(counter ? 'eta.readyIn' : 'eta.arrives', { window: format.window(minutes) })}
      </p>
      <p aria-hidden="true" suppressHydrationWarning className="numerals flex items-baseline gap-2">
        <span className="heading text-[4rem] leading-none tracking-[-0.035em]">
          {arrived
            ? t('eta.now')
            : from === to
              ? format.number(from)
              : t('eta.window', {
                  from: `${format.number(from)}\u200a`,
                  to: `\u200a${format.number(to)}`,
                })}
        </span>
        {!arrived && <span className="heading text-lg text-quiet">{t('eta.unit')}</span>}
      </p>
      {/* Comes to life in a task of its own. */}
      <Suspense>
        <WallClock eta={eta} counter={counter} />
      </Suspense>
    </div>
  );
}

function WallClock({ eta, counter }: { eta: OrderEta; counter: boolean }) {
  const { t } = useOrderWords();
  return (
    <p suppressHydrationWarning className="numerals mt-2 text-quiet text-sm">
      {t(counter ? 'eta.counter' : 'eta.door', { window: eta.clock })}
    </p>
  );
}
