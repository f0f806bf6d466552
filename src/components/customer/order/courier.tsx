import { ChefHat, ChevronRight, MessageCircle, Store } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMessageWords } from '@/components/shared/conversation/message-words';
import { UnreadMark } from '@/components/shared/conversation/unread-mark';
import { Card } from '@/components/ui/card';
import { lazyInBrowser } from '@/components/ui/lazy-in-browser';
import { VEHICLES } from '@/domain/driver';
import type { OrderView } from '@/domain/views';
import { isCarrying } from './order-story';
import { useOrderWords } from './use-order-words';

const VehicleIcon = lazyInBrowser(async () => ({
  default: (await import('./vehicle-icon')).VehicleIcon,
}));

type CourierProps = {
  who: { title: string; detail: string };
  view: OrderView;
  unread: number;
  onTalk: () => void;
};

/** Who has the order now, and the way to say something to them. */
export function Courier({ who, view, unread, onTalk }: CourierProps) {
  const { t } = useOrderWords();
  const { order, delivery } = view;
  const vehicle = VEHICLES.find((each) => each === delivery?.driverVehicle);
  const Kitchen = order.status === 'ready' && order.fulfilment === 'pickup' ? Store : ChefHat;
  const courier = delivery?.driverId ? delivery.driverName : null;
  return (
    <Card className="mt-4 overflow-hidden">
      <div className="flex items-center gap-3.5 p-4">
        <span className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-ink">
          {isCarrying(view) && vehicle ? (
            <VehicleIcon vehicle={vehicle} />
          ) : (
            <Kitchen aria-hidden="true" className="size-5" />
          )}
        </span>
        <div className="min-w-0">
          <p className="font-medium">{who.title}</p>
          <p className="text-quiet text-sm">{who.detail}</p>
        </div>
      </div>
      <button
        type="button"
        onClick={onTalk}
        className="flex min-h-14 w-full items-center gap-3.5 border-line border-t px-4 py-2 text-start transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="grid w-11 shrink-0 place-items-center text-quiet">
          <MessageCircle aria-hidden="true" className="size-5" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium text-sm">
            {courier ? t('talk.courier', { courier }) : t('talk.us')}
          </span>
          <LastMessage view={view} />
        </span>
        <UnreadMark count={unread} />
        <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-faint rtl:-scale-x-100" />
      </button>
    </Card>
  );
}

function LastMessage({ view: { messages } }: { view: OrderView }) {
  const t = useTranslations('conversation');
  const words = useMessageWords();
  const last = messages.at(-1);
  if (!last) return null;
  const name = t(last.senderRole === 'customer' ? 'you' : `sender.${last.senderRole}`);
  return (
    <span className="flex gap-1 text-quiet text-sm">
      <span className="shrink-0">{t('from', { name })}</span>
      <span dir="auto" className="min-w-0 truncate">
        {words(last)}
      </span>
    </span>
  );
}
