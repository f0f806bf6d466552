'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { addToCart, type Cart, cart, cartCount } from '@/components/customer/cart/cart';
import { useNow } from '@/components/shared/clock';
import { toastRefusal } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button, LinkButton } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { ReorderChange } from '@/domain/reorder';
import { trpc } from '@/trpc/client';
import { type OrderWords, useOrderWords } from './use-order-words';

type Again = Awaited<ReturnType<ReturnType<typeof trpc.useUtils>['orders']['reorder']['fetch']>>;

/** An old order as a new cart: at once when all is as it was, else after what has changed was read. */
export function useReorder(orderId: string): {
  run: () => void;
  pending: boolean;
  dialog: ReactNode;
} {
  const router = useRouter();
  const utils = trpc.useUtils();
  const refusalOf = useRefusal();
  const [pending, setPending] = useState(false);
  const [asked, setAsked] = useState<Again | null>(null);

  function fill({ restaurant, lines, open }: Again) {
    cart.set(null);
    for (const line of lines) addToCart(restaurant, line);
    router.push(open ? '/checkout' : `/r/${restaurant.slug}`);
  }

  async function ask(): Promise<void> {
    setPending(true);
    try {
      const again = await utils.orders.reorder.fetch({ orderId }, { staleTime: 0 });
      const same = again.open && again.changes.length === 0 && again.lines.length > 0;
      if (same && !cart.get()) fill(again);
      else setAsked(again);
    } catch (error) {
      toastRefusal(refusalOf(error));
    } finally {
      setPending(false);
    }
  }

  return {
    run: () => void ask(),
    pending,
    dialog: asked && (
      <ReorderDialog
        again={asked}
        onClose={() => setAsked(null)}
        onFill={() => {
          setAsked(null);
          fill(asked);
        }}
      />
    ),
  };
}

type ReorderDialogProps = { again: Again; onClose: () => void; onFill: () => void };

/** What is not as it was, and what becomes of the cart that is there. */
function ReorderDialog({ again, onClose, onFill }: ReorderDialogProps) {
  const words = useOrderWords();
  const { t } = words;
  const now = useNow(60);
  const current = cart.use();
  const { restaurant, lines, changes } = again;
  const none = lines.length === 0;
  const sentences = [
    ...changes.map((change) => changeWords(change, restaurant.currency, words)),
    ...(again.open ? [] : [closedWords(again, now, words)]),
    ...(current && !none ? [cartWords(current, words)] : []),
  ];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="sm"
      title={t(none ? 'again.titleNone' : changes.length > 0 ? 'again.title' : 'again.titleCart')}
      footer={
        <>
          <LinkButton href={`/r/${restaurant.slug}`} variant={none ? 'primary' : 'secondary'}>
            {t('again.menu')}
          </LinkButton>
          {!none && (
            <Button variant="primary" onClick={onFill}>
              {t(changes.some(isLeftOut) ? 'again.anyway' : 'again.to')}
            </Button>
          )}
        </>
      }
    >
      <ul className="flex list-disc flex-col gap-2 ps-5 text-sm marker:text-faint">
        {sentences.map((sentence) => (
          <li key={sentence} className="text-pretty">
            {sentence}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const isLeftOut = ({ kind }: ReorderChange): boolean =>
  kind === 'gone' || kind === 'sold_out' || kind === 'choose_anew';

function changeWords(change: ReorderChange, currency: string, { t, format }: OrderWords): string {
  const { name } = change;
  switch (change.kind) {
    case 'fewer':
      return t('again.change.fewer', {
        name,
        was: format.number(change.was),
        now: format.number(change.now),
      });
    case 'without':
      return t('again.change.without', { name, options: format.list(change.options) });
    case 'price':
      return t('again.change.price', {
        name,
        was: format.money(change.was, currency),
        now: format.money(change.now, currency),
      });
    default:
      return t(`again.change.${change.kind}`, { name });
  }
}

const closedWords = ({ restaurant, opensAt }: Again, now: Date, { t, format }: OrderWords) =>
  opensAt
    ? t('again.closed', {
        restaurant: restaurant.name,
        time: format.moment(opensAt, now, restaurant.timeZone),
      })
    : t('again.closedNow', { restaurant: restaurant.name });

const cartWords = (current: Cart, { t }: OrderWords): string =>
  t('again.replaces', { count: cartCount(current), restaurant: current.restaurant.name });
