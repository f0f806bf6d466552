'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { toast } from '@/components/ui/toast';
import type { MessageImage, Writer } from '@/domain/message';
import { useMessageWords } from './message-words';

/** Says each new message of somebody else at once, unless it is being read already. */
export function useIncoming(
  messages: readonly MessageImage[],
  me: Writer,
  readingOrderId: string | null,
  onOpen: (orderId: string) => void,
): void {
  const t = useTranslations('conversation');
  const words = useMessageWords();
  const known = useRef(new Set(messages.map(({ id }) => id)));
  const open = useRef(onOpen);
  open.current = onOpen;
  // The live view of messages, and the toaster.
  useEffect(() => {
    for (const message of messages) {
      if (known.current.has(message.id)) continue;
      known.current.add(message.id);
      if (message.senderRole === me || message.orderId === readingOrderId) continue;
      toast.info(t(`sender.${message.senderRole}`), {
        id: message.id,
        description: words(message),
        action: { label: t('read'), onClick: () => open.current(message.orderId) },
      });
      navigator.vibrate?.(80);
    }
  }, [messages, me, readingOrderId, t, words]);
}
