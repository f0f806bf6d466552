'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useRefusal } from '@/components/shared/use-refusal';
import { trpc } from '@/trpc/client';
import { newKey } from '@/trpc/idempotency';
import type { RefusalWords } from '@/trpc/refusal';
import type { Job } from './job-words';
import { deliverPicture, sendAct } from './send-act';
import { type DriverAct, type QueuedAct, stepQueue } from './step-queue';

const LONGEST_WAIT_MS = 8_000;
/** Clocks that differ too much: sent again, these bear the present time. */
const ABOUT_TIME = new Set(['step_from_future', 'step_before_previous', 'step_too_old']);

const unanswered = ({ code }: RefusalWords) => code === 'offline' || code === 'unavailable';

const change = (key: string, to: Partial<QueuedAct>) =>
  stepQueue.set(stepQueue.get().map((each) => (each.key === key ? { ...each, ...to } : each)));
const remove = (key: string) => stepQueue.set(stepQueue.get().filter((each) => each.key !== key));

export type Outcome = { done: QueuedAct } | { refused: QueuedAct; words: RefusalWords };

/**
 * Everything that the driver does goes through one queue: sent in its order, each once, kept over a
 * reload while there is no network, and stopped by the first that is refused.
 */
export function useSteps(onOutcome: (outcome: Outcome) => void) {
  const { client } = trpc.useUtils();
  const refusalOf = useRefusal();
  const queue = stepQueue.use();
  const [attempt, setAttempt] = useState(0);
  const [latest, setLatest] = useState<QueuedAct | null>(null);
  const [refusal, setRefusal] = useState<{ deliveryId: string; words: RefusalWords } | null>(null);
  const outcome = useRef(onOutcome);
  outcome.current = onOutcome;
  const head = queue[0] ?? null;
  const sendable = head && !head.refused ? head.key : null;

  const send = useCallback(
    async (key: string): Promise<'next' | 'again'> => {
      const present = stepQueue.get().find((each) => each.key === key);
      if (!present) return 'next';
      let queued = present;
      try {
        const { act, deliveryId } = queued;
        if (act.kind === 'step' && act.proof && 'picture' in act.proof) {
          const proof = await deliverPicture(deliveryId, act.proof);
          queued = { ...queued, act: { ...act, proof } };
          change(key, { act: queued.act });
        }
        await sendAct(client, queued);
        remove(key);
        setLatest(queued);
        outcome.current({ done: queued });
        return 'next';
      } catch (error) {
        const words = refusalOf(error);
        if (unanswered(words)) {
          change(key, { kept: true });
          return 'again';
        }
        const { reason, message, hint } = words;
        // Whoever stands before the screen is told at once; what was kept waits to be looked at.
        if (queued.kept) change(key, { refused: { reason, message, hint } });
        else remove(key);
        setRefusal({ deliveryId: queued.deliveryId, words });
        outcome.current({ refused: queued, words });
        return 'next';
      }
    },
    [client, refusalOf],
  );

  // The network: the first of the queue is sent, and again with growing pauses.
  useEffect(() => {
    if (!sendable) return;
    let over = false;
    const wait = attempt === 0 ? 0 : Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt);
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      void send(sendable).then((then) => {
        if (!over) setAttempt((n) => (then === 'again' ? n + 1 : 0));
      });
    };
    const timer = setTimeout(go, wait);
    window.addEventListener('online', go);
    return () => {
      over = true;
      clearTimeout(timer);
      window.removeEventListener('online', go);
    };
  }, [sendable, attempt, send]);

  return {
    queue,
    /** Whether something was kept that has not been sent. */
    waiting: queue.some(({ kept, refused }) => kept && !refused),
    /** What was refused and stops everything after it. */
    stopped: head?.refused ? head : null,
    /** The act on this delivery that is on its way, or was the latest to arrive. */
    pendingOn: (deliveryId: string) =>
      queue.find((each) => each.deliveryId === deliveryId && !each.kept) ?? null,
    latest,
    /** Why the latest act on this delivery was refused. */
    refusalOn: (deliveryId: string) => (refusal?.deliveryId === deliveryId ? refusal.words : null),
    act({ order, delivery }: Job, act: DriverAct): void {
      setRefusal(null);
      const base = { deliveryId: delivery.id, orderNumber: order.number, act };
      const before = stepQueue.get();
      // What comes after something that waits for the network waits with it.
      const kept = before.some((each) => each.kept);
      const queued = { key: newKey(), at: new Date().toISOString(), ...base };
      stepQueue.set([...before, { ...queued, kept, refused: null }]);
    },
    /** Under a new key, since the old one stands for what was refused. */
    tryAgain(queued: QueuedAct): void {
      const at = ABOUT_TIME.has(queued.refused?.reason ?? '')
        ? new Date().toISOString()
        : queued.at;
      change(queued.key, { key: newKey(), at, refused: null });
    },
    /** Takes back what was refused, and whatever of the same delivery was done on top of it. */
    drop({ deliveryId }: QueuedAct): void {
      stepQueue.set(stepQueue.get().filter((each) => each.deliveryId !== deliveryId));
    },
  };
}

export type Steps = ReturnType<typeof useSteps>;
