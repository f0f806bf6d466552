'use client';

import { useEffect } from 'react';
import { play, useLoudspeaker } from '@/components/shared/loudspeaker';

const RING_EVERY_MS = 2_400;
const NOTES = [
  { hertz: 784, at: 0 },
  { hertz: 988, at: 0.16 },
  { hertz: 1_319, at: 0.32 },
];

function ring(): void {
  // Both are refused before the first touch.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([180, 90, 180]);
  play(NOTES);
}

/** Rings and buzzes while an offer waits for an answer. */
export function useOfferAlert(ringing: boolean): void {
  useLoudspeaker(true);

  // Loudspeaker and vibration, again and again until it is answered.
  useEffect(() => {
    if (!ringing) return;
    ring();
    const timer = setInterval(ring, RING_EVERY_MS);
    return () => clearInterval(timer);
  }, [ringing]);
}
