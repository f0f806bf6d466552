'use client';

import { SendHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import type { Writer } from '@/domain/message';
import { MESSAGE_LENGTH, QUICK_REPLIES } from '@/domain/message';
import type { Outbox } from './use-outbox';

/** Said with one touch. */
export function QuickReplies({ me, outbox }: { me: Writer; outbox: Outbox }) {
  const t = useTranslations('conversation');
  return (
    <ul aria-label={t('quickReplies')} className="flex flex-wrap gap-2">
      {QUICK_REPLIES[me].map((key) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => outbox.send({ kind: 'quick', key })}
            className="min-h-11 rounded-full border border-line bg-raised px-4 text-start font-medium text-sm transition-colors hover:border-edge hover:bg-hover active:bg-accent-soft"
          >
            {t(`quick.${key}`)}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Composer({ outbox }: { outbox: Outbox }) {
  const t = useTranslations('conversation');
  const [text, setText] = useState('');
  function submit(event: FormEvent) {
    event.preventDefault();
    const body = text.trim();
    if (!body) return;
    outbox.send({ kind: 'text', body });
    setText('');
  }
  return (
    <form onSubmit={submit} className="flex gap-2">
      <Input
        aria-label={t('write')}
        placeholder={t('write')}
        value={text}
        maxLength={MESSAGE_LENGTH}
        enterKeyHint="send"
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
        className="min-w-0 flex-1"
      />
      <Button type="submit" variant="primary" size="icon" aria-label={t('send')}>
        <SendHorizontal aria-hidden="true" className="rtl:-scale-x-100" />
      </Button>
    </form>
  );
}
