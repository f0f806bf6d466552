'use client';

import { MessageCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ConversationSheet } from '@/components/shared/conversation/conversation-sheet';
import { useUnread } from '@/components/shared/conversation/last-read';
import { UnreadMark } from '@/components/shared/conversation/unread-mark';
import { Button } from '@/components/ui/button';
import type { MessageImage } from '@/domain/message';
import { isOpenOrder, type OrderImage } from '@/domain/order';
import { useDriver } from './driver-context';
import type { Job } from './job-words';

const about = (orderId: string, messages: readonly MessageImage[]) =>
  messages.filter((message) => message.orderId === orderId);

/** Messages about a job that its driver has not looked at. */
export function useJobUnread(orderId: string): number {
  const { view, talkingAbout } = useDriver();
  return useUnread(orderId, about(orderId, view.messages), 'driver', talkingAbout === orderId);
}

export function TalkButton({ order }: { order: OrderImage }) {
  const t = useTranslations('driver.talk');
  const { talk } = useDriver();
  const unread = useJobUnread(order.id);
  return (
    <Button size="thumb" full onClick={() => talk(order.id)} className="mt-4">
      <MessageCircle aria-hidden="true" />
      {t('open', { name: order.customerName })}
      <UnreadMark count={unread} />
    </Button>
  );
}

type JobTalkProps = {
  job: Job;
  messages: readonly MessageImage[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** The driver's end of the conversation about one job. */
export function JobTalk({ job: { order }, messages, open, onOpenChange }: JobTalkProps) {
  const t = useTranslations('driver.talk');
  return (
    <ConversationSheet
      open={open}
      onOpenChange={onOpenChange}
      orderId={order.id}
      messages={about(order.id, messages)}
      me="driver"
      timeZone={order.timeZone}
      readers={t('readers', { name: order.customerName })}
      writable={isOpenOrder(order.status)}
    />
  );
}
