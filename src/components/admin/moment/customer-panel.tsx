'use client';

import { Eye, EyeOff, Smartphone } from 'lucide-react';
import { delayWords, imminentWords } from '@/components/customer/order/notice-words';
import { endingOf } from '@/components/customer/order/order-ending';
import { whoHasIt } from '@/components/customer/order/order-story';
import { etaOf } from '@/components/customer/order/use-order-eta';
import { useOrderWords } from '@/components/customer/order/use-order-words';
import { StatusPill } from '@/components/shared/status-pill';
import { headlineWord } from '@/components/shared/status-words';
import type { OrderView } from '@/domain/views';
import { Panel, Row } from './panel';
import { useStoryWords } from './use-story-words';

type CustomerPanelProps = { view: OrderView | null; seesCourier: boolean; at: string };

/** What the customer's page of the order said: in the very words of that page. */
export function CustomerPanel({ view, seesCourier, at }: CustomerPanelProps) {
  const { story, shared, message } = useStoryWords();
  const words = useOrderWords();
  if (!view) {
    return (
      <Panel icon={Smartphone} title={story('customer')}>
        <p className="p-4 text-quiet text-sm">{story('noOrderYet')}</p>
      </Panel>
    );
  }
  const now = new Date(at);
  const { order, delivery } = view;
  const ending = endingOf(view, words);
  const who = ending ?? whoHasIt(view, words, now);
  const eta = etaOf(view, now, words);
  const delay = delayWords(eta, words);
  const imminent = imminentWords(view, words);
  const last = view.messages.at(-1);
  const Courier = seesCourier ? Eye : EyeOff;
  return (
    <Panel icon={Smartphone} title={story('customer')} aside={<bdi>{order.customerName}</bdi>}>
      <div className="p-4">
        <StatusPill status={headlineWord(view)} />
        {eta && (
          <p className="numerals mt-3 flex flex-wrap items-baseline gap-x-2">
            <span className="heading text-2xl">
              {eta.slot ? eta.slot.clock : words.format.window(eta.minutes)}
            </span>
            <span className="text-quiet text-sm">
              {eta.slot ? words.t('eta.slot', { day: eta.slot.day }) : eta.clock}
            </span>
          </p>
        )}
        <p className="mt-3 font-medium text-sm">{who.title}</p>
        <p className="text-pretty text-quiet text-sm">{who.detail}</p>
        {[delay, imminent].map(
          (said) =>
            said && (
              <p key={said.title} className="mt-2 text-sm text-warn-ink">
                <span className="font-medium">{said.title}.</span> {said.detail}
              </p>
            ),
        )}
        <dl className="mt-3 divide-y divide-line border-line border-t text-sm">
          <Row name={story('courierOnMap')}>
            <span className="inline-flex items-center gap-1.5">
              <Courier aria-hidden="true" className="size-4 text-quiet" />
              {seesCourier
                ? story('courierSeen', { name: delivery?.driverName ?? words.t('courier') })
                : story('courierUnseen')}
            </span>
          </Row>
          <Row name={story('paid')}>
            {shared(`payment.${order.paymentMethod}.${order.paymentStatus}`)}
          </Row>
          {last && (
            <Row name={story('lastMessage')}>
              <bdi>{message(last)}</bdi>
            </Row>
          )}
        </dl>
      </div>
    </Panel>
  );
}
