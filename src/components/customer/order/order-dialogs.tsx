'use client';

import { lazyWhenOpen } from '@/components/ui/lazy-when-open';
import { cancelTerms } from '@/domain/cancellation';
import type { OrderView } from '@/domain/views';
import type { Actions } from './order-actions';
import { RATING_ID } from './rating-id';
import type { OrderEta } from './use-order-eta';

const CancelDialog = lazyWhenOpen(async () => ({
  default: (await import('./cancel-order')).CancelDialog,
}));
const HelpDialog = lazyWhenOpen(async () => ({
  default: (await import('./help-dialog')).HelpDialog,
}));
const ShareDialog = lazyWhenOpen(async () => ({
  default: (await import('./share-dialog')).ShareDialog,
}));

type OrderDialogsProps = {
  view: OrderView;
  actions: Actions;
  eta: OrderEta | null;
  onMessage: () => void;
};

function showRating(): void {
  const rating = document.getElementById(RATING_ID);
  rating?.scrollIntoView({ block: 'center' });
  rating?.focus();
}

/** What the page can ask and answer over itself. */
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
