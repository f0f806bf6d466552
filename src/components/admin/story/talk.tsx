'use client';

import { useAdminWords } from '@/components/admin/use-admin-words';
import { Composer, QuickReplies } from '@/components/shared/conversation/composer';
import { MessageList } from '@/components/shared/conversation/message-list';
import { useOutbox } from '@/components/shared/conversation/use-outbox';
import { isOpenOrder } from '@/domain/order';
import type { OrderView } from '@/domain/views';

/** The dispatcher's end of the conversation, in the drawer itself. */
export function Talk({ view: { order, messages } }: { view: OrderView }) {
  const { t } = useAdminWords();
  const outbox = useOutbox(order.id, messages);
  const open = isOpenOrder(order.status);
  return (
    <div className="flex flex-col gap-4">
      <MessageList
        messages={messages}
        outbox={outbox}
        me="admin"
        timeZone={order.timeZone}
        empty={t(open ? 'story.talkNone' : 'story.talkOver')}
      />
      {open && (
        <>
          <QuickReplies me="admin" outbox={outbox} />
          <Composer outbox={outbox} />
        </>
      )}
    </div>
  );
}
