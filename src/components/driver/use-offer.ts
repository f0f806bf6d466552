'use client';

import { useEffect, useRef, useState } from 'react';
import type { OfferImage } from '@/domain/offer';
import type { OrderCard } from '@/domain/views';

/** How long the screen says that an offer is gone before it leaves, milliseconds. */
const FAREWELL_MS = 6_000;

type Deadline = { offerId: string; endsAt: number; lastsMs: number };

/** By this device's clock. An offer that seems over or longer than it lasts means a skewed clock. */
function deadlineOf({ id, createdAt, expiresAt }: OfferImage): Deadline {
  const lastsMs = new Date(expiresAt).getTime() - new Date(createdAt).getTime();
  const leftMs = new Date(expiresAt).getTime() - Date.now();
  const believable = leftMs > 0 && leftMs <= lastsMs + 1_000;
  return { offerId: id, endsAt: Date.now() + (believable ? leftMs : lastsMs), lastsMs };
}

export type Gone = 'ran_out' | 'withdrawn';
export type ShownOffer = { offer: OfferImage; deadline: Deadline; gone: Gone | null };

/** The offer on the screen; it stays for a moment after it is gone, to say so. */
export function useShownOffer(offers: readonly OfferImage[], jobs: readonly OrderCard[]) {
  const [shown, setShown] = useState<ShownOffer | null>(null);
  const answered = useRef(new Set<string>());
  const next = offers.find(({ id }) => !answered.current.has(id));

  // The feed of offers, and the clock by which one of them ran out.
  useEffect(() => {
    if (next && next.id !== shown?.offer.id) {
      setShown({ offer: next, deadline: deadlineOf(next), gone: null });
      return;
    }
    if (!shown || next) return;
    const mine = jobs.some(({ delivery }) => delivery?.id === shown.offer.deliveryId);
    if (mine || answered.current.has(shown.offer.id)) {
      setShown(null);
      return;
    }
    if (shown.gone === null) {
      const gone = Date.now() > shown.deadline.endsAt - 1_500 ? 'ran_out' : 'withdrawn';
      setShown({ ...shown, gone });
      return;
    }
    const timer = setTimeout(() => setShown(null), FAREWELL_MS);
    return () => clearTimeout(timer);
  }, [next, shown, jobs]);

  return {
    shown,
    /** Takes the offer off the screen: it is answered, or its end was read. */
    leave(offerId: string) {
      answered.current.add(offerId);
      setShown((now) => (now?.offer.id === offerId ? null : now));
    },
  };
}

const TICK_MS = 200;

/** What is left of an offer, in whole seconds and as a share of the ring. */
export function useCountdown({ endsAt, lastsMs }: Deadline) {
  const [leftMs, setLeftMs] = useState(() => Math.max(0, endsAt - Date.now()));
  // The clock.
  useEffect(() => {
    const tick = () => setLeftMs(Math.max(0, endsAt - Date.now()));
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [endsAt]);
  return { seconds: Math.ceil(leftMs / 1_000), share: Math.min(1, leftMs / lastsMs) };
}
