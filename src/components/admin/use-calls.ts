'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMessageWords } from '@/components/shared/conversation/message-words';
import { toast } from '@/components/ui/toast';
import type { LogEvent } from '@/domain/events';

/** Says what a customer writes while no driver is there to read it, unless the order is open already. */
export function useCalls(): (event: LogEvent) => void {
  const t = useTranslations('conversation');
  const router = useRouter();
  const opened = useSearchParams().get('order');
  const words = useMessageWords();
  return ({ data: { message }, driverId }) => {
    if (message?.senderRole !== 'customer' || driverId || message.orderId === opened) return;
    toast.info(t('call'), {
      id: message.id,
      description: words(message),
      action: { label: t('read'), onClick: () => router.push(`/admin?order=${message.orderId}`) },
    });
  };
}
