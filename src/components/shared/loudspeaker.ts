'use client';

import { useEffect } from 'react';

let audio: AudioContext | null = null;

/** Browsers give sound only after a touch or a key. */
export function wakeLoudspeaker(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

/** Seconds after the first. */
export type Note = { hertz: number; at: number };

/** Plays these notes, if the browser lets us by now. */
export function play(notes: readonly Note[], loudest = 0.35): void {
  if (audio?.state !== 'running') return;
  for (const { hertz, at } of notes) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const start = audio.currentTime + at;
    tone.frequency.value = hertz;
    tone.type = 'triangle';
    loudness.gain.setValueAtTime(0.0001, start);
    loudness.gain.exponentialRampToValueAtTime(loudest, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.42);
    tone.connect(loudness).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.45);
  }
}

/** The first touch of this page opens the loudspeaker. */
export function useLoudspeaker(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const events = ['pointerdown', 'keydown'] as const;
    for (const name of events) window.addEventListener(name, wakeLoudspeaker, { passive: true });
    return () => {
      for (const name of events) window.removeEventListener(name, wakeLoudspeaker);
    };
  }, [wanted]);
}
