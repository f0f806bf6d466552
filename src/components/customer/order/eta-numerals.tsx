import { TriangleAlert } from 'lucide-react';
import type { useOrderEta } from './use-order-eta';

type Eta = NonNullable<ReturnType<typeof useOrderEta>>;

/** The window, large: read from across the room. */
export function EtaNumerals({ eta: { minutes, clock, late } }: { eta: Eta }) {
  const { from, to } = minutes;
  return (
    <div className="mt-5">
      <p suppressHydrationWarning className="numerals flex items-baseline gap-2">
        <span className="sr-only">Arrives in</span>
        <span className="heading text-[4rem] leading-none tracking-[-0.035em]">
          {to <= 1 ? 'Now' : from === to ? from : `${from}\u200a–\u200a${to}`}
        </span>
        {to > 1 && <span className="heading text-lg text-quiet">min</span>}
      </p>
      <p suppressHydrationWarning className="numerals mt-2 text-quiet text-sm">
        At your door around {clock}
      </p>
      {late && (
        <p className="mt-2 flex items-center gap-1.5 font-medium text-sm text-warn-ink">
          <TriangleAlert aria-hidden="true" className="size-4" />
          {late}. We are sorry for the wait.
        </p>
      )}
    </div>
  );
}
