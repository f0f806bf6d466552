'use client';

import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { MessageImage, Writer } from '@/domain/message';
import { useMessageWords } from './message-words';
import type { Outbox, Outgoing } from './use-outbox';

type MessageListProps = {
  messages: readonly MessageImage[];
  outbox: Outbox;
  me: Writer;
  timeZone: string;
  /** What to say while nobody has said anything. */
  empty: string;
};

/** What was said, oldest first, one's own on the far side; new messages are read out. */
export function MessageList({ messages, outbox, me, timeZone, empty }: MessageListProps) {
  const t = useTranslations('conversation');
  const { clock } = useFormat();
  const words = useMessageWords();
  const none = messages.length === 0 && outbox.outgoing.length === 0;
  return (
    <div role="log" aria-label={t('title')}>
      {none && <p className="py-2 text-pretty text-quiet text-sm">{empty}</p>}
      <ol className="flex flex-col">
        {messages.map((message, index) => {
          const mine = message.senderRole === me;
          const first = messages[index - 1]?.senderRole !== message.senderRole;
          return (
            <Bubble
              key={message.id}
              mine={mine}
              first={first}
              sender={t(mine ? 'you' : `sender.${message.senderRole}`)}
              foot={clock(message.sentAt, timeZone)}
            >
              {words(message)}
            </Bubble>
          );
        })}
        {outbox.outgoing.map((entry) => (
          <Bubble
            key={entry.key}
            mine
            first={false}
            sender={t('you')}
            faded={!entry.sent}
            foot={<Fate entry={entry} outbox={outbox} />}
          >
            {words(
              entry.content.kind === 'quick'
                ? { quick: entry.content.key, body: '' }
                : { quick: null, body: entry.content.body },
            )}
          </Bubble>
        ))}
      </ol>
    </div>
  );
}

type BubbleProps = {
  mine: boolean;
  /** The first of several by the same person. */
  first: boolean;
  sender: string;
  faded?: boolean;
  foot: ReactNode;
  children: string;
};

const Bubble = ({ mine, first, sender, faded = false, foot, children }: BubbleProps) => (
  <li
    className={cn(
      'flex max-w-[85%] flex-col gap-0.5',
      mine ? 'items-end self-end' : 'items-start self-start',
      first ? 'mt-3 first:mt-0' : 'mt-1.5',
    )}
  >
    <span className={cn('text-faint text-xs', (mine || !first) && 'sr-only')}>{sender}</span>
    <span
      dir="auto"
      className={cn(
        'whitespace-pre-wrap break-words rounded-card px-3.5 py-2 text-base transition-opacity sm:text-sm',
        mine ? 'rounded-ee-[4px] bg-accent-soft text-ink' : 'rounded-es-[4px] bg-hover text-ink',
        faded && 'opacity-70',
      )}
    >
      {children}
    </span>
    <span className="numerals text-faint text-xs">{foot}</span>
  </li>
);

function Fate({ entry, outbox }: { entry: Outgoing; outbox: Outbox }) {
  const t = useTranslations('conversation');
  const { clock } = useFormat();
  if (entry.sent) return clock(entry.sent.sentAt);
  if (entry.failed === null) return t('sending');
  return (
    <span className="flex flex-col items-end gap-1 text-end text-bad-ink text-sm">
      {entry.failed}
      <Button size="sm" onClick={() => outbox.retry(entry)}>
        <RotateCcw aria-hidden="true" />
        {t('retry')}
      </Button>
    </span>
  );
}
