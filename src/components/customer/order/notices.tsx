import { BellRing, Clock3, type LucideIcon } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { SOFT_TONE, type Tone } from '@/components/ui/tone';
import { delayWords, imminentWords, type Said } from './notice-words';
import type { Told } from './order-story';
import type { OrderEta } from './use-order-eta';
import { useOrderWords } from './use-order-words';

/** What has to be said at once; read out where the page speaks, not here. */
export function Notices({ told, eta }: { told: Told; eta: OrderEta | null }) {
  const words = useOrderWords();
  const delay = delayWords(eta, words);
  // Where a PIN is asked for, it stands with the PIN.
  const imminent = told.order.pin ? null : imminentWords(told, words);
  return (
    <div className="mt-4 flex flex-col gap-2.5 empty:hidden">
      {delay && <Notice tone="warn" icon={Clock3} said={delay} />}
      {imminent && <Notice tone="accent" icon={BellRing} said={imminent} />}
    </div>
  );
}

type NoticeProps = { tone: Tone; icon: LucideIcon; said: Said };

const Notice = ({ tone, icon: Icon, said }: NoticeProps) => (
  <p className={cn('flex animate-rise gap-3 rounded-card px-4 py-3 text-sm', SOFT_TONE[tone])}>
    <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
    <span suppressHydrationWarning className="numerals min-w-0 text-pretty text-ink">
      <strong className="block font-semibold">{said.title}</strong>
      {said.detail}
    </span>
  </p>
);
