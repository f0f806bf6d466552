'use client';

import { useCallback, useState } from 'react';
import { ConversationSheet } from '@/components/shared/conversation/conversation-sheet';
import { useUnread } from '@/components/shared/conversation/last-read';
import { useIncoming } from '@/components/shared/conversation/use-incoming';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';
import { useOrderWords } from './use-order-words';

/** The customer's end of the conversation: how much is unread, and the sheet. */
export function useTalk(view: OrderView) {
  const { order, messages } = view;
  const [open, setOpen] = useState(false);
  const start = useCallback(() => setOpen(true), []);
  const unread = useUnread(order.id, messages, 'customer', open);
  useIncoming(messages, 'customer', open ? order.id : null, start);
  return { open, setOpen, start, unread };
}

type TalkProps = { view: OrderView; talk: ReturnType<typeof useTalk> };

export function Talk({ view, talk }: TalkProps) {
  const { t } = useOrderWords();
  const { order, delivery, messages } = view;
  const courier = delivery?.driverId ? delivery.driverName : null;
  return (
    <ConversationSheet
      open={talk.open}
      onOpenChange={talk.setOpen}
      orderId={order.id}
      messages={messages}
      me="customer"
      timeZone={order.timeZone}
      readers={courier ? t('talk.readers', { courier }) : t('talk.readersUs')}
      writable={isOpenOrder(order.status)}
    />
  );
}
