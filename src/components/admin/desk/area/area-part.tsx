'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { SaveBar } from '@/components/admin/desk/save-bar';
import { TextField } from '@/components/admin/desk/text-field';
import type { Desk } from '@/components/admin/desk/use-desk';
import { useDraft } from '@/components/admin/desk/use-draft';
import { LazyMap } from '@/components/shared/lazy-map';
import type { MapMarker } from '@/components/shared/map/map-marker';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { toast } from '@/components/ui/toast';
import {
  type Corners,
  circleAround,
  octagonAround,
  withCorner,
  withCornerAt,
  withLongestSideSplit,
} from '@/domain/drawn-area';
import { LARGEST_RADIUS_M, MOST_CORNERS, SMALLEST_RADIUS_M } from '@/domain/restaurant-details';
import { trpc } from '@/trpc/client';
import { CornerList } from './corner-list';

const KINDS = ['radius', 'polygon'] as const;
type AreaDraft = { kind: (typeof KINDS)[number]; radius: string; corners: Corners };

const NO_CORNERS: Corners = [];

const radiusOf = (typed: string): number | null => {
  const radiusM = /^\d{3,5}$/.test(typed.trim()) ? Number(typed) : 0;
  return radiusM >= SMALLEST_RADIUS_M && radiusM <= LARGEST_RADIUS_M ? radiusM : null;
};

/** Where a restaurant delivers: a circle, or what is drawn on the map, with the pointer or by keys. */
export function AreaPart({ desk: { desk, refresh } }: { desk: Desk }) {
  const t = useTranslations('desk.area');
  const { restaurant, area, changedBy } = desk;
  const { location, deliveryRadiusM, version, name } = restaurant;
  const draft = useDraft<AreaDraft>(
    {
      kind: area ? 'polygon' : 'radius',
      radius: String(deliveryRadiusM),
      corners: area ?? NO_CORNERS,
    },
    version,
  );
  const [chosen, setChosen] = useState<number | null>(null);
  const [wrong, setWrong] = useState(false);
  const save = useAction(trpc.restaurantDesk.setDeliveryArea.useMutation(), {
    onDone: () => {
      toast.success(t('saved'));
      void refresh().then(draft.discard);
    },
    onRefused: () => void refresh(),
  });
  const { kind, radius, corners } = draft.value;
  const radiusM = radiusOf(radius);
  const set = (change: Partial<AreaDraft>) => {
    save.clear();
    setWrong(false);
    draft.set({ ...draft.value, ...change });
  };
  const drawn = kind === 'polygon';
  const { lat, lng } = location;
  const shape = useMemo(
    () => (drawn ? corners : radiusM ? circleAround({ lat, lng }, radiusM) : []),
    [drawn, corners, radiusM, lat, lng],
  );
  // Fitted once for each kind: not under the hand that drags a corner.
  const [fitted, setFitted] = useState({ kind, points: shape });
  if (fitted.kind !== kind) setFitted({ kind, points: shape });
  const place: MapMarker = { id: 'place', kind: 'restaurant', at: location, label: name };
  const markers: MapMarker[] = drawn
    ? [
        place,
        ...corners.map((at, n) => ({
          ...{ id: String(n), kind: 'courier' as const, at, draggable: true },
          label: t('corner', { n: String(n + 1) }),
          tone: n === chosen ? ('info' as const) : ('accent' as const),
          onSelect: () => setChosen(n),
        })),
      ]
    : [place];
  const change = (next: Corners) => set({ corners: next });
  return (
    <form
      noValidate
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
        if (!drawn && radiusM === null) return setWrong(true);
        save.run({
          restaurantId: restaurant.id,
          version: draft.version,
          area: drawn
            ? { kind: 'polygon', corners: [...corners] }
            : { kind: 'radius', radiusM: radiusM ?? 0 },
        });
      }}
      className="mt-6"
    >
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <Segmented
          label={t('title')}
          value={kind}
          onChange={(next) =>
            set({
              kind: next,
              ...(next === 'polygon' && corners.length === 0
                ? { corners: octagonAround(location, radiusM ?? deliveryRadiusM) }
                : {}),
            })
          }
          segments={KINDS.map((value) => ({ value, label: t(value) }))}
        />
        {!drawn && (
          <TextField
            label={t('radiusM')}
            aside={t('meters')}
            value={radius}
            error={wrong ? t('wrongRadius') : undefined}
            numeric
            onChange={(typed) => set({ radius: typed })}
            className="w-44"
          />
        )}
      </div>
      <div className="mt-4 h-[26rem] overflow-hidden rounded-card border border-line">
        <LazyMap
          className="size-full"
          center={location}
          zoom={12}
          fit={fitted.points}
          area={shape}
          markers={markers}
          label={t('map')}
          {...(drawn && corners.length < MOST_CORNERS
            ? { onPick: (at) => change(withCorner(corners, at)) }
            : {})}
          {...(drawn ? { onDrop: (id, at) => change(withCornerAt(corners, Number(id), at)) } : {})}
        />
      </div>
      {drawn && (
        <>
          <p className="mt-2 max-w-2xl text-pretty text-quiet text-sm">{t('how')}</p>
          <CornerList corners={corners} chosen={chosen} onChoose={setChosen} onChange={change} />
          <Button
            size="sm"
            className="mt-2"
            disabled={corners.length >= MOST_CORNERS}
            onClick={() => change(withLongestSideSplit(corners))}
          >
            <Plus aria-hidden="true" />
            {t('addCorner')}
          </Button>
        </>
      )}
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        changedBy={changedBy}
        pending={save.pending}
        refusal={save.refusal}
        wrong={wrong ? t('wrongRadius') : undefined}
        onDiscard={() => {
          setWrong(false);
          save.clear();
          draft.discard();
        }}
      />
    </form>
  );
}
