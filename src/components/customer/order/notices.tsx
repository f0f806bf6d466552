import { lazyIsland } from '@/components/ui/lazy-island';
import { delayWords, imminentWords } from './notice-words';
import type { Told } from './order-story';
import type { OrderEta } from './use-order-eta';
import { useOrderWords } from './use-order-words';

/** Most orders have none. */
const Notice = lazyIsland(async () => ({ default: (await import('./notice')).Notice }));

/** What has to be said at once; read out where the page speaks, not here. */
export function Notices({ told, eta }: { told: Told; eta: OrderEta | null }) {
  const words = useOrderWords();
  const delay = delayWords(eta, words);
  // Where a PIN is asked for, it stands with the PIN.
  const imminent = told.order.pin ? null : imminentWords(told, words);
  return (
    <div className="mt-4 flex flex-col gap-2.5 empty:hidden">
      {delay && <Notice about="delay" said={delay} />}
      {imminent && <Notice about="imminent" said={imminent} />}
    </div>
  );
}
