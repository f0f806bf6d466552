import { useLayoutEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { haversineMeters } from '@/domain/geo';
import { glideMs, JUMP_M } from './glide-time';
import type { MapMarker, MarkerKind } from './map-marker';
import { type Spot, scaled } from './still-view';

/** A marker at a fixed size; the courier glides from fix to fix. */
export function StillMarker({ marker, offset }: { marker: MapMarker; offset: Spot }) {
  const { kind, at, headingDeg, muted } = marker;
  const place = useRef<HTMLSpanElement>(null);
  const last = useRef({ at, ms: 0 });
  // The browser moves it; it only has to know for how long.
  useLayoutEffect(() => {
    const moved = last.current.at.lat !== at.lat || last.current.at.lng !== at.lng;
    if (!place.current || !moved) return;
    const now = performance.now();
    const jump = haversineMeters(last.current.at, at) > JUMP_M;
    place.current.style.transitionDuration = `${jump ? 0 : glideMs(now - last.current.ms)}ms`;
    last.current = { at, ms: now };
  }, [at]);

  return (
    <span
      ref={place}
      className={cn(
        'absolute',
        kind === 'courier' && 'transition-transform ease-linear motion-reduce:transition-none',
        kind === 'courier' ? 'z-2' : muted ? 'z-0' : 'z-1',
      )}
      style={{ transform: `translate(${scaled(offset.x)}, ${scaled(offset.y)})` }}
    >
      <svg
        aria-hidden="true"
        viewBox="-26 -26 52 52"
        className={cn('-translate-x-1/2 absolute size-13 drop-shadow-sm', LIES[kind])}
        style={{ opacity: muted ? 0.5 : 1, rotate: `${headingDeg ?? 0}deg` }}
        strokeLinejoin="round"
        strokeLinecap="round"
      >
        <Shape kind={kind} turned={headingDeg !== undefined} />
      </svg>
    </span>
  );
}

/** Where the marker's place lies in its picture. */
const LIES: Record<MarkerKind, string> = {
  courier: '-translate-y-1/2',
  restaurant: '-translate-y-1/2',
  door: '-translate-y-[79%]',
  pin: '-translate-y-[79%]',
};

const NOTCH = 'M-6-12.2Q0-14.8 6-12.2L0-20.5z';
const DROP = 'M0 15C-3.7 7.1-10.5 7.6-10.5-.2a10.5 10.5 0 0 1 21 0C10.5 7.6 3.7 7.1 0 15z';

function Shape({ kind, turned }: { kind: MarkerKind; turned: boolean }) {
  if (kind === 'courier') {
    return (
      <g fill="var(--accent)" stroke="var(--raised)" strokeWidth="4.5" paintOrder="stroke">
        {turned && <path d={NOTCH} />}
        <circle r="9.5" />
      </g>
    );
  }
  if (kind === 'restaurant') {
    return (
      <g stroke="var(--ink)" fill="none">
        <path
          d="M-3.5-10.5h7a7 7 0 0 1 7 7v7a7 7 0 0 1-7 7h-12a2 2 0 0 1-2-2v-12a7 7 0 0 1 7-7z"
          fill="var(--raised)"
          strokeWidth="1.6"
        />
        <path
          d="M-3.6 5.2V-5M-5.8-5v2.4q0 1.8 2.2 1.8t2.2-1.8V-5M3.4 5.2V-5q2.4 1.6 2 5.8h-2"
          strokeWidth="1.7"
        />
      </g>
    );
  }
  return (
    <>
      <path
        d={DROP}
        fill="var(--ink)"
        stroke="var(--raised)"
        strokeWidth="4.5"
        paintOrder="stroke"
      />
      <circle cy="-.2" r="3.8" fill="var(--raised)" />
    </>
  );
}
