'use client';

import { useRef, useState } from 'react';
import { useRefusal } from '@/components/shared/use-refusal';
import type { MessageImage } from '@/domain/message';
import { trpc } from '@/trpc/client';
import { newKey } from '@/trpc/idempotency';

export type Content = { kind: 'quick'; key: string } | { kind: 'text'; body: string };

/** A message on its way; `sent` holds what the server made of it, until the live view has it too. */
export type Outgoing = {
  key: string;
  content: Content;
  sent: MessageImage | null;
  /** Why it did not go, in words; null while it goes. */
  failed: string | null;
};

/** Messages are shown as soon as they are written, sent one after another, and kept when that fails. */
export function useOutbox(orderId: string, messages: readonly MessageImage[]) {
  const { client } = trpc.useUtils();
  const refusalOf = useRefusal();
  const [outgoing, setOutgoing] = useState<Outgoing[]>([]);
  const queue = useRef<Promise<void>>(Promise.resolve());

  const change = (key: string, to: Partial<Outgoing>) =>
    setOutgoing((all) => all.map((each) => (each.key === key ? { ...each, ...to } : each)));

  async function deliver({ key, content }: Pick<Outgoing, 'key' | 'content'>): Promise<void> {
    try {
      const sent = await client.orders.sendMessage.mutate({
        idempotencyKey: key,
        orderId,
        content,
      });
      change(key, { sent });
    } catch (error) {
      const { message, hint } = refusalOf(error);
      change(key, { failed: hint ? `${message} ${hint}` : message });
    }
  }

  function enqueue(entry: Pick<Outgoing, 'key' | 'content'>): void {
    queue.current = queue.current.then(() => deliver(entry));
  }

  return {
    /** What the live view does not have yet. */
    outgoing: outgoing.filter(({ sent }) => !messages.some(({ id }) => id === sent?.id)),
    send(content: Content): void {
      const entry = { key: newKey(), content };
      setOutgoing((all) => [...all, { ...entry, sent: null, failed: null }]);
      enqueue(entry);
    },
    /** With the same key: what has arrived after all is not said twice. */
    retry(entry: Outgoing): void {
      change(entry.key, { failed: null });
      enqueue(entry);
    },
  };
}

export type Outbox = ReturnType<typeof useOutbox>;
