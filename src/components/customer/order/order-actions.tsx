'use client';

import { LifeBuoy, Share2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { lazyWhenOpen } from '@/components/ui/lazy-when-open';
import { cancelTerms } from '@/domain/cancellation';
import type { OrderView } from '@/domain/views';
import { RATING_ID } from './rating-id';
import type { OrderEta } from './use-order-eta';
import { useOrderWords } from './use-order-words';

const CancelDialog = lazyWhenOpen(async () => ({
  default: (await import('./cancel-order')).CancelDialog,
}));
const HelpDialog = lazyWhenOpen(async () => ({
  default: (await import('./help-dialog')).HelpDialog,
}));
const ShareDialog = lazyWhenOpen(async () => ({
  default: (await import('./share-dialog')).ShareDialog,
}));

type Asked = 'share' | 'help' | 'cancel' | null;

/** What can be asked for, and the dialogs that answer. */
export function useOrderActions() {
  const [asked, setAsked] = useState<Asked>(null);
  const dialog = (which: Asked) => ({
    open: asked === which,
    onOpenChange: (open: boolean) => setAsked(open ? which : null),
  });
  return { ask: setAsked, dialog };
}

type Actions = ReturnType<typeof useOrderActions>;

/** Share and help, side by side. */
export function OrderActions({ actions: { ask } }: { actions: Actions }) {
  const { t } = useOrderWords();
  return (
    <div className="mt-3 flex gap-2">
      <Button className="flex-1" onClick={() => ask('share')}>
        <Share2 aria-hidden="true" />
        {t('share.open')}
      </Button>
      <Button className="flex-1" onClick={() => ask('help')}>
        <LifeBuoy aria-hidden="true" />
        {t('help.open')}
      </Button>
    </div>
  );
}

type WithView = { view: OrderView; actions: Actions };

/** The way out, as long as there is one, or why there is none. */
export function CancelRow({ view, actions: { ask } }: WithView) {
  const { t } = useOrderWords();
  const terms = cancelTerms(view.order, view.delivery);
  if (!terms.allowed) {
    if (terms.why === 'closed') return null;
    return <p className="mt-6 text-pretty text-quiet text-sm">{t(`cancel.${terms.why}`)}</p>;
  }
  return (
    <Button variant="danger-quiet" className="-ms-4 mt-6" onClick={() => ask('cancel')}>
      {t('cancel.open')}
    </Button>
  );
}

type OrderDialogsProps = WithView & { eta: OrderEta | null; onMessage: () => void };

function showRating(): void {
  const rating = document.getElementById(RATING_ID);
  rating?.scrollIntoView({ block: 'center' });
  rating?.focus();
}

export function OrderDialogs({ view, actions, eta, onMessage }: OrderDialogsProps) {
  const terms = cancelTerms(view.order, view.delivery);
  return (
    <>
      <ShareDialog view={view} {...actions.dialog('share')} />
      <HelpDialog
        view={view}
        eta={eta}
        onMessage={onMessage}
        onCancel={terms.allowed ? () => actions.ask('cancel') : null}
        onRate={showRating}
        {...actions.dialog('help')}
      />
      <CancelDialog
        order={view.order}
        fee={terms.allowed ? terms.fee : 0}
        {...actions.dialog('cancel')}
      />
    </>
  );
}
