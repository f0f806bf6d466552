'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { type Loudness, ring, ringEveryMs } from './bell';

/**
 * Rings until it is silent again. Browsers give sound only after a touch or a key: until then `allowed`
 * is false, and `allow` is for the button that says so.
 */
export function useBell(loudness: Loudness): { allowed: boolean; allow: () => void } {
  const audio = useRef<AudioContext | null>(null);
  const [allowed, setAllowed] = useState(true);

  const allow = useCallback(() => {
    const context = audio.current;
    void context?.resume().then(() => setAllowed(context.state === 'running'));
  }, []);

  // The loudspeaker, which any touch of the page opens.
  useEffect(() => {
    const context = new AudioContext();
    audio.current = context;
    const look = () => setAllowed(context.state === 'running');
    look();
    context.addEventListener('statechange', look);
    const events = ['pointerdown', 'keydown'] as const;
    for (const name of events) window.addEventListener(name, allow, { passive: true });
    return () => {
      context.removeEventListener('statechange', look);
      for (const name of events) window.removeEventListener(name, allow);
      audio.current = null;
      void context.close();
    };
  }, [allow]);

  // Loudspeaker and vibration, again and again until somebody has seen it.
  useEffect(() => {
    if (loudness === 'silent') return;
    const now = () => {
      if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200]);
      if (audio.current?.state === 'running') ring(audio.current, loudness);
    };
    now();
    const timer = setInterval(now, ringEveryMs(loudness));
    return () => clearInterval(timer);
  }, [loudness]);

  return { allowed, allow };
}
