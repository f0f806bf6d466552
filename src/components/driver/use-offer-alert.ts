'use client';

import { useEffect } from 'react';

let audio: AudioContext | null = null;

/** Browsers give sound only after a touch or a key. */
function wakeAudio(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

const RING_EVERY_MS = 2_400;
const NOTES = [
  { hertz: 784, at: 0 },
  { hertz: 988, at: 0.16 },
  { hertz: 1_319, at: 0.32 },
];

function ring(): void {
  // Both are refused before the first touch.
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([180, 90, 180]);
  if (audio?.state !== 'running') return;
  for (const { hertz, at } of NOTES) {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const start = audio.currentTime + at;
    tone.frequency.value = hertz;
    tone.type = 'triangle';
    loudness.gain.setValueAtTime(0.0001, start);
    loudness.gain.exponentialRampToValueAtTime(0.35, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.42);
    tone.connect(loudness).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.45);
  }
}

/** Rings and buzzes while an offer waits for an answer. */
export function useOfferAlert(ringing: boolean): void {
  // The first touch of this page opens the loudspeaker.
  useEffect(() => {
    const events = ['pointerdown', 'keydown'] as const;
    for (const name of events) window.addEventListener(name, wakeAudio, { passive: true });
    return () => {
      for (const name of events) window.removeEventListener(name, wakeAudio);
    };
  }, []);

  // Loudspeaker and vibration, again and again until it is answered.
  useEffect(() => {
    if (!ringing) return;
    ring();
    const timer = setInterval(ring, RING_EVERY_MS);
    return () => clearInterval(timer);
  }, [ringing]);
}
