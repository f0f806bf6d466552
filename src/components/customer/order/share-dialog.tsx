'use client';

import { Copy, Link2, Send } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { OrderView } from '@/domain/views';
import { withTexts } from '@/i18n/later-texts';
import { trpc } from '@/trpc/client';
import { useOrderWords } from './use-order-words';

/** Whether a link shows this order to others now, by the order's own story. */
const isShared = ({ timeline }: OrderView): boolean =>
  timeline.findLast(({ type }) => type === 'share.started' || type === 'share.ended')?.type ===
  'share.started';

type ShareDialogProps = { view: OrderView; open: boolean; onOpenChange: (open: boolean) => void };

/** Says what others would see, then makes the link, gives it on, and ends it. */
export const ShareDialog = withTexts(['order'], Share);

function Share({ view, open, onOpenChange }: ShareDialogProps) {
  const { t } = useOrderWords();
  const { order } = view;
  const [token, setToken] = useState<string | null>(null);
  const share = useAction(trpc.orders.share.useMutation(), {
    onDone: (made) => setToken(made.token),
  });
  const unshare = useAction(trpc.orders.unshare.useMutation(), {
    onDone: () => {
      setToken(null);
      toast.success(t('share.ended'), { description: t('share.endDetail') });
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={t('share.title')}
      description={t('share.detail')}
    >
      {token ? (
        <Link token={token} restaurant={order.restaurantName}>
          <Button
            variant="danger-quiet"
            full
            loading={unshare.pending}
            onClick={() => unshare.run({ orderId: order.id })}
          >
            {t('share.end')}
          </Button>
        </Link>
      ) : (
        <Button
          variant="primary"
          full
          loading={share.pending}
          onClick={() => share.run({ orderId: order.id })}
          className="mt-2"
        >
          <Link2 aria-hidden="true" />
          {t(isShared(view) ? 'share.show' : 'share.make')}
        </Button>
      )}
    </Dialog>
  );
}

type LinkProps = { token: string; restaurant: string; children: ReactNode };

function Link({ token, restaurant, children }: LinkProps) {
  const { t } = useOrderWords();
  const hydrated = useHydrated();
  const url = `${window.location.origin}/s/${token}`;
  const canSend = hydrated && typeof navigator.share === 'function';

  async function copy() {
    try {
      await navigator.clipboard.writeText(url);
      toast.success(t('share.copied'));
    } catch {
      document.querySelector<HTMLInputElement>('[data-share-link]')?.select();
    }
  }

  async function send() {
    try {
      await navigator.share({ text: t('share.text', { restaurant }), url });
    } catch {
      // Turned away from by the person, or by the device: the link still stands here.
    }
  }

  return (
    <div className="flex flex-col gap-3">
      <Field label={t('share.link')}>
        {(control) => (
          <Input
            {...control}
            data-share-link
            readOnly
            dir="ltr"
            value={url}
            onFocus={(event) => event.target.select()}
          />
        )}
      </Field>
      <Badge tone="good" className="self-start">
        <Link2 aria-hidden="true" />
        {t('share.live')}
      </Badge>
      <div className="mt-1 flex gap-2">
        {canSend && (
          <Button variant="primary" className="flex-1" onClick={() => void send()}>
            <Send aria-hidden="true" className="rtl:-scale-x-100" />
            {t('share.send')}
          </Button>
        )}
        <Button
          variant={canSend ? 'secondary' : 'primary'}
          className="flex-1"
          onClick={() => void copy()}
        >
          <Copy aria-hidden="true" />
          {t('share.copy')}
        </Button>
      </div>
      {children}
    </div>
  );
}
