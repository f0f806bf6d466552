import { BellRing, Clock3, type LucideIcon } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { SOFT_TONE, type Tone } from '@/components/ui/tone';
import { isOpenOrder } from '@/domain/order';
import { courierName, type Told } from './order-story';
import type { OrderEta } from './use-order-eta';
import { type OrderWords, useOrderWords } from './use-order-words';

type Said = { title: string; detail: string };

/** A delay with the old and the new time, or null. */
export function delayWords(eta: OrderEta | null, { t }: OrderWords): Said | null {
  if (!eta?.late) return null;
  const { was, soon } = eta.late;
  const detail = soon ? t('delay.soon', { was }) : t('delay.detail', { now: eta.clock, was });
  return { title: t('delay.title'), detail };
}

/** That the courier is about to be there, and what to do, or null. */
export function imminentWords(told: Told, words: OrderWords): Said | null {
  const { order, delivery } = told;
  if (!isOpenOrder(order.status) || delivery?.status !== 'picked_up') return null;
  if (!delivery.imminentAt) return null;
  const { t } = words;
  const key = order.handover === 'at_door' ? 'at_door' : order.pin ? 'in_person' : 'noPin';
  return {
    title: t('imminent.title'),
    detail: t(`imminent.${key}`, { courier: courierName(told, words) }),
  };
}

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
