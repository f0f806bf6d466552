'use client';

import { useEffect, useRef, useState } from 'react';
import type { DriverView } from '@/domain/driver-view';
import type { OfferImage } from '@/domain/offer';

/** How long the screen says that an offer is gone before it leaves, milliseconds. */
const FAREWELL_MS = 6_000;

type Deadline = { endsAt: number; lastsMs: number };

/** By this device's clock. An offer that seems over or longer than it lasts means a skewed clock. */
function deadlineOf({ createdAt, expiresAt }: OfferImage): Deadline {
  const lastsMs = new Date(expiresAt).getTime() - new Date(createdAt).getTime();
  const leftMs = new Date(expiresAt).getTime() - Date.now();
  const believable = leftMs > 0 && leftMs <= lastsMs + 1_000;
  return { endsAt: Date.now() + (believable ? leftMs : lastsMs), lastsMs };
}

/** Why it left: its time, somebody else, or the driver on another screen. */
export type Gone = 'ran_out' | 'withdrawn' | 'said_yes' | 'said_no';

/** One question: an order, or a run of several that are answered as one. */
export type ShownOffer = {
  runId: string;
  /** What was asked about; without what has left the run since. */
  offers: readonly [OfferImage, ...OfferImage[]];
  deadline: Deadline;
  gone: Gone | null;
};

type Feed = Pick<DriverView, 'offers' | 'jobs' | 'lastAnswer'>;

function runOf(offers: readonly OfferImage[], runId: string): ShownOffer['offers'] | null {
  const [first, ...others] = offers
    .filter((offer) => offer.runId === runId)
    .toSorted((a, b) => a.runStop - b.runStop);
  return first ? [first, ...others] : null;
}

function goneOf({ offers, deadline }: ShownOffer, { lastAnswer }: Feed): Gone {
  const status = offers.some(({ id }) => id === lastAnswer?.offerId) ? lastAnswer?.status : null;
  if (status === 'accepted') return 'said_yes';
  if (status === 'declined') return 'said_no';
  if (status === 'expired') return 'ran_out';
  // Nothing was heard of it, after a break of the line: then by the clock.
  return !status && Date.now() > deadline.endsAt - 1_500 ? 'ran_out' : 'withdrawn';
}

/** The offer on the screen; it stays for a moment after it is gone, to say so. */
export function useShownOffer(feed: Feed) {
  const { offers, jobs } = feed;
  const [shown, setShown] = useState<ShownOffer | null>(null);
  const answered = useRef(new Set<string>());
  const latest = useRef(feed);
  latest.current = feed;
  const runId = offers.find((offer) => !answered.current.has(offer.runId))?.runId ?? null;
  const next = runId === null ? null : runOf(offers, runId);
  const asked = next?.map(({ id }) => id).join() ?? null;

  // The feed of offers, and the clock by which one of them ran out.
  useEffect(() => {
    const run = runId === null ? null : runOf(latest.current.offers, runId);
    if (run && asked !== shown?.offers.map(({ id }) => id).join()) {
      const known = shown?.runId === run[0].runId ? shown.deadline : null;
      const deadline = known ?? deadlineOf(run[0]);
      setShown({ runId: run[0].runId, offers: run, deadline, gone: null });
      return;
    }
    if (!shown || run) return;
    const mine = jobs.some(({ delivery }) =>
      shown.offers.some(({ deliveryId }) => deliveryId === delivery?.id),
    );
    if (mine || answered.current.has(shown.runId)) {
      setShown(null);
      return;
    }
    if (shown.gone === null) {
      setShown({ ...shown, gone: goneOf(shown, latest.current) });
      return;
    }
    const timer = setTimeout(() => setShown(null), FAREWELL_MS);
    return () => clearTimeout(timer);
  }, [runId, asked, shown, jobs]);

  return {
    shown,
    /** Takes the offer off the screen: it is answered, or its end was read. */
    leave(left: string) {
      answered.current.add(left);
      setShown((now) => (now?.runId === left ? null : now));
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
