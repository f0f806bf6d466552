'use client';

import { useEffect, useRef } from 'react';
import { play, useLoudspeaker, wakeLoudspeaker } from '@/components/shared/loudspeaker';
import { stored } from '@/components/shared/stored';

/** Whether the board may be heard; off until somebody has switched it on. */
export const boardSound = stored('hotfoot-board-sound', false, (value) => value === true);

const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.18 },
];
/** However much comes at once, once in so long, milliseconds. */
const QUIET_MS = 4_000;

const chime = () => play(NOTES, 0.2);

/** The press that switches it on lets the browser play, and is answered with the sound itself. */
export function switchSound(on: boolean): void {
  boardSound.set(on);
  if (!on) return;
  wakeLoudspeaker();
  chime();
}

/** Says it aloud when an order begins to need a person. */
export function useAttentionSound(needing: readonly string[]): void {
  const on = boardSound.use();
  const known = useRef<ReadonlySet<string> | null>(null);
  const heardAt = useRef(Number.NEGATIVE_INFINITY);
  useLoudspeaker(on);

  // The loudspeaker. What was there when the page was opened is seen, not heard.
  useEffect(() => {
    const before = known.current;
    known.current = new Set(needing);
    if (!on || !before || needing.every((id) => before.has(id))) return;
    if (performance.now() - heardAt.current < QUIET_MS) return;
    heardAt.current = performance.now();
    chime();
  }, [needing, on]);
}
