'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { LazyMap } from '@/components/shared/lazy-map';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import type { GeoPoint } from '@/domain/geo-point';
import { type Corner, placeInRing, type Ring, ringAreaM2, ringProblem } from '@/domain/ring';
import { CornerList } from './corner-list';
import type { MapView } from './map';
import { PolygonShape, type ShownShape } from './polygon-shape';

type PolygonEditorProps = {
  value: Ring;
  onChange: (ring: Ring) => void;
  /** What lies around it, to see where it touches. */
  others?: readonly ShownShape[];
  /** What the map shows first, where the ring is empty. */
  around?: readonly GeoPoint[];
  label: string;
  className?: string;
};

const pointOf = ([lng, lat]: Corner): GeoPoint => ({ lng, lat });
/** Seven digits are a centimetre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
const cornerAt = ({ lng, lat }: GeoPoint): Corner => [rounded(lng), rounded(lat)];

/** Draws an area on the map: corners are added, moved and removed, by pointer and by keyboard. */
export function PolygonEditor({
  value: ring,
  onChange,
  others = [],
  around = [],
  label,
  className,
}: PolygonEditorProps) {
  const t = useTranslations('polygon');
  const format = useFormat();
  // The map shows what was there at first, and stays while corners move.
  const [first] = useState(ring.length > 0 ? ring.map(pointOf) : around);
  const problem = ring.length === 0 ? null : ringProblem(ring);
  const insert = (at: number, corner: Corner) =>
    onChange([...ring.slice(0, at), corner, ...ring.slice(at)]);
  const area = format.tenths(ringAreaM2(ring) / 1e6);

  return (
    <div className="flex flex-col gap-2">
      <LazyMap
        className={className ?? 'h-96 rounded-card border border-line'}
        fit={first}
        markers={[]}
        label={label}
        onPick={(at) => insert(placeInRing(ring, cornerAt(at)), cornerAt(at))}
        overlay={(view) => (
          <>
            <svg aria-hidden="true" className="absolute inset-0 size-full">
              {others.map((shape) => (
                <PolygonShape key={shape.id} shape={shape} view={view} />
              ))}
              <PolygonShape shape={{ id: 'own', label: '', ring }} view={view} own />
            </svg>
            <Handles ring={ring} view={view} onChange={onChange} onInsert={insert} />
          </>
        )}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p aria-live="polite" className="numerals text-sm">
          {t('summary', { count: ring.length, area })}
          {problem && <span className="text-bad-ink"> {t(`problem.${problem}`)}</span>}
        </p>
        <Button size="sm" disabled={ring.length === 0} onClick={() => onChange([])}>
          {t('clear')}
        </Button>
      </div>
      <p className="text-pretty text-faint text-xs">{t('hint')}</p>
      <CornerList ring={ring} onChange={onChange} start={first[0] ?? null} />
    </div>
  );
}

type HandlesProps = {
  ring: Ring;
  view: MapView;
  onChange: (ring: Ring) => void;
  onInsert: (at: number, corner: Corner) => void;
};

const STEP_PX = 10;
const FINE_PX = 1;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

function Handles({ ring, view, onChange, onInsert }: HandlesProps) {
  const t = useTranslations('polygon');
  const box = useRef<HTMLDivElement>(null);
  const move = (index: number, at: GeoPoint) =>
    onChange(ring.map((corner, n) => (n === index ? cornerAt(at) : corner)));

  function drag(event: PointerEvent<HTMLButtonElement>, index: number) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const { left, top } = box.current.getBoundingClientRect();
    move(index, view.unproject(event.clientX - left, event.clientY - top));
  }

  function press(event: KeyboardEvent, index: number, corner: Corner) {
    const direction = ARROWS[event.key];
    if (direction) {
      const { x, y } = view.project(pointOf(corner));
      const step = event.shiftKey ? FINE_PX : STEP_PX;
      move(index, view.unproject(x + direction[0] * step, y + direction[1] * step));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      onChange(ring.filter((_, n) => n !== index));
    } else return;
    event.preventDefault();
  }

  return (
    <div ref={box} className="absolute inset-0">
      {ring.length > 2 &&
        ring.map((corner, index) => {
          const [from, to] = [corner, ring[(index + 1) % ring.length] ?? corner].map((each) =>
            view.project(pointOf(each)),
          );
          if (!from || !to) return null;
          const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: corners have no other name
              key={`between-${index}`}
              type="button"
              aria-label={t('between', { number: index + 1 })}
              onClick={() => onInsert(index + 1, cornerAt(view.unproject(middle.x, middle.y)))}
              style={{ left: middle.x, top: middle.y }}
              className={`${HANDLE} before:size-2.5 before:border before:bg-raised before:opacity-80`}
            />
          );
        })}
      {ring.map((corner, index) => {
        const { x, y } = view.project(pointOf(corner));
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the focus stays with the corner's number
            key={`corner-${index}`}
            type="button"
            aria-label={t('corner', { number: index + 1, count: ring.length })}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => drag(event, index)}
            onKeyDown={(event) => press(event, index, corner)}
            style={{ left: x, top: y }}
            className={`${HANDLE} cursor-move before:size-4 before:border-2 before:bg-raised`}
          />
        );
      })}
    </div>
  );
}

const HANDLE =
  'pointer-events-auto absolute grid size-7 -translate-x-1/2 -translate-y-1/2 touch-none place-items-center rounded-full before:block before:rounded-full before:border-accent before:content-[""] pointer-coarse:size-11';
