'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { LazyMap } from '@/components/shared/lazy-map';
import { useMedia, WIDE } from '@/components/shared/use-media';
import type { GeoPoint } from '@/domain/geo';
import type { MapMarker } from './map-marker';
import { useMapStyleUrl } from './map-style-provider';
import { StillMap } from './still-map';

type MapOnDemandProps = {
  fit: readonly GeoPoint[];
  markers: readonly MapMarker[];
  route?: readonly GeoPoint[] | undefined;
  label: string;
};

type Stage = 'still' | 'asked' | 'moving' | 'unable';

/**
 * A map for those who only look: a picture on which things move. It becomes the one to zoom and drag, with all
 * that this takes, when somebody reaches for it, and on a wide screen by itself. An operator's own style has no
 * such picture.
 */
export function MapOnDemand(props: MapOnDemandProps) {
  const t = useTranslations('shared.map');
  const [stage, setStage] = useState<Stage>('still');
  const box = useRef<HTMLDivElement>(null);
  const byKeyboard = useRef(false);
  const styleUrl = useMapStyleUrl();
  const wide = useMedia(WIDE);
  if (styleUrl !== undefined) return <LazyMap className="size-full" {...props} />;

  function onSettled(drawn: boolean): void {
    setStage(drawn ? 'moving' : 'unable');
    // The button that they pressed is gone: they go on with the map.
    if (drawn && byKeyboard.current) box.current?.querySelector('canvas')?.focus();
  }

  return (
    <div ref={box} className="relative size-full">
      {(stage === 'asked' || stage === 'moving' || (stage === 'still' && wide)) && (
        <LazyMap className="absolute inset-0" onSettled={onSettled} {...props} />
      )}
      {stage !== 'moving' && <StillMap className="absolute inset-0" {...props} />}
      {stage === 'still' && !wide && (
        <button
          type="button"
          aria-label={t('open')}
          onClick={({ detail }) => {
            byKeyboard.current = detail === 0;
            setStage('asked');
          }}
          className="absolute inset-0 flex items-end justify-end p-3"
        >
          <span className="grid size-11 place-items-center rounded-control bg-raised text-quiet shadow-float">
            <Plus aria-hidden="true" className="size-5" />
          </span>
        </button>
      )}
    </div>
  );
}
