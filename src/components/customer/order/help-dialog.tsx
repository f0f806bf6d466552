'use client';

import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { mayRate } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { withTexts } from '@/i18n/later-texts';
import type { OrderEta } from './use-order-eta';
import { useOrderWords } from './use-order-words';

export type HelpActions = {
  onMessage: () => void;
  /** Null where cancelling is not allowed. */
  onCancel: (() => void) | null;
  onRate: () => void;
};

type HelpDialogProps = HelpActions & {
  view: OrderView;
  eta: OrderEta | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** The few things that go wrong, each with what helps. */
export const HelpDialog = withTexts(['order'], Help);

function Help({ open, onOpenChange, ...help }: HelpDialogProps) {
  const { t } = useOrderWords();
  const leaving = (act: () => void) => () => {
    onOpenChange(false);
    act();
  };
  const { onMessage, onCancel, onRate } = help;
  const actions = {
    onMessage: leaving(onMessage),
    onCancel: onCancel && leaving(onCancel),
    onRate: leaving(onRate),
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={t('help.title')}
      description={t('help.detail')}
    >
      <div className="-mx-5 mt-2 divide-y divide-line border-line border-y">
        {help.view.order.status === 'completed' ? (
          <Afterwards {...help} {...actions} />
        ) : (
          <Meanwhile {...help} {...actions} />
        )}
      </div>
    </Dialog>
  );
}

type TopicsProps = HelpActions & Pick<HelpDialogProps, 'view' | 'eta'>;

function Meanwhile({ view: { order }, eta, onMessage, onCancel }: TopicsProps) {
  const { t } = useOrderWords();
  const counter = order.fulfilment === 'pickup';
  const message = <Button onClick={onMessage}>{t('help.message')}</Button>;
  const cancel = onCancel && (
    <Button variant="danger-quiet" onClick={onCancel}>
      {t('help.cancel')}
    </Button>
  );
  return (
    <>
      <Topic
        title={t('help.late.title')}
        text={
          eta && eta.minutes.to > 1
            ? t('help.late.now', { window: eta.slot?.clock ?? eta.clock })
            : t('help.late.soon')
        }
      >
        {message}
        {cancel}
      </Topic>
      <Topic
        title={t('help.cannotFind.title')}
        text={
          counter
            ? t('help.cannotFind.counter', { address: order.pickupAddress })
            : t('help.cannotFind.text')
        }
      >
        {message}
      </Topic>
      {!counter && (
        <Topic title={t('help.address.title')} text={t('help.address.text')}>
          {message}
          {cancel}
        </Topic>
      )}
      <Topic title={t('help.wrongItems.title')} text={t('help.wrongItems.text')}>
        {cancel ?? message}
      </Topic>
    </>
  );
}

function Afterwards({ view: { order, delivery }, onRate }: TopicsProps) {
  const { t } = useOrderWords();
  const rate = mayRate(order, new Date()) && <Button onClick={onRate}>{t('help.rate')}</Button>;
  return (
    <>
      <Topic
        title={t('help.missing.title')}
        text={t(order.ratedAt ? 'help.missing.told' : 'help.missing.text')}
      >
        {rate}
      </Topic>
      {delivery?.proof && (
        <Topic title={t('help.notHere.title')} text={t(`help.notHere.${delivery.proof}`)}>
          {rate}
        </Topic>
      )}
    </>
  );
}

type TopicProps = { title: string; text: string; children: ReactNode };

const Topic = ({ title, text, children }: TopicProps) => (
  <details name="help" className="group">
    <summary className="flex min-h-13 cursor-pointer list-none items-center gap-3 px-5 py-2 font-medium text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
      <span className="min-w-0 flex-1">{title}</span>
      <ChevronDown
        aria-hidden="true"
        className="size-5 shrink-0 text-faint transition-transform group-open:rotate-180"
      />
    </summary>
    <div className="px-5 pb-4">
      <p suppressHydrationWarning className="text-pretty text-quiet text-sm">
        {text}
      </p>
      <div className="mt-3 flex flex-wrap gap-2 empty:hidden">{children}</div>
    </div>
  </details>
);
