'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useMedia, WIDE } from '@/components/shared/use-media';
import Sheet from '@/components/ui/sheet-popup';
import type { MessageImage, Writer } from '@/domain/message';
import { Composer, QuickReplies } from './composer';
import { MessageList } from './message-list';
import { useOutbox } from './use-outbox';

export type ConversationSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  orderId: string;
  messages: readonly MessageImage[];
  me: Writer;
  timeZone: string;
  /** Who reads what is written here. */
  readers: string;
  /** Closed orders are only read. */
  writable: boolean;
};

/**
 * The conversation over the page: it opens at the latest message, above the quick replies. What is on its way goes
 * on when it is closed.
 */
export default function ConversationSheetPopup({
  open,
  onOpenChange,
  orderId,
  messages,
  me,
  timeZone,
  readers,
  writable,
}: ConversationSheetProps) {
  const t = useTranslations('conversation');
  const wide = useMedia(WIDE);
  const outbox = useOutbox(orderId, messages);
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length + outbox.outgoing.length;
  // The scroll position: the latest message stays in view.
  useEffect(() => {
    if (open && count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [open, count]);
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      side={wide ? 'end' : 'bottom'}
      className="max-lg:sm:mx-auto max-lg:sm:max-w-xl"
      footer={
        writable ? (
          <Composer outbox={outbox} />
        ) : (
          <p className="text-pretty text-quiet text-sm">{t('over')}</p>
        )
      }
    >
      <p className="text-pretty text-quiet text-sm">{readers}</p>
      <div className="mt-4">
        <MessageList
          messages={messages}
          outbox={outbox}
          me={me}
          timeZone={timeZone}
          empty={t('empty')}
        />
      </div>
      {writable && (
        <div className="mt-5">
          <QuickReplies me={me} outbox={outbox} />
        </div>
      )}
      <div ref={end} />
    </Sheet>
  );
}
