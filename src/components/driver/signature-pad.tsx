'use client';

import { useTranslations } from 'next-intl';
import { type PointerEvent, useRef } from 'react';
import { Button } from '@/components/ui/button';

/** Pixels of the picture, whatever the screen: three to one. */
const WIDTH = 900;
const HEIGHT = 300;

type SignaturePadProps = { drawn: boolean; onDrawn: (picture: string | null) => void };

/** Drawn with a finger, on white: what is kept looks the same in the dark. */
export function SignaturePad({ drawn, onDrawn }: SignaturePadProps) {
  const t = useTranslations('driver.proof');
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);

  function at({ clientX, clientY }: PointerEvent<HTMLCanvasElement>) {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return {
      x: ((clientX - box.left) / box.width) * WIDTH,
      y: ((clientY - box.top) / box.height) * HEIGHT,
    };
  }

  function begin(event: PointerEvent<HTMLCanvasElement>): void {
    const pen = canvas.current?.getContext('2d');
    if (!pen) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (!drawn) {
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, WIDTH, HEIGHT);
    }
    pen.lineWidth = 5;
    pen.lineCap = 'round';
    pen.strokeStyle = '#1f1a17';
    last.current = at(event);
  }

  function draw(event: PointerEvent<HTMLCanvasElement>): void {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !last.current) return;
    const to = at(event);
    pen.beginPath();
    pen.moveTo(last.current.x, last.current.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    last.current = to;
  }

  function end(): void {
    if (!last.current) return;
    last.current = null;
    onDrawn(canvas.current?.toDataURL('image/png') ?? null);
  }

  function clear(): void {
    canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT);
    onDrawn(null);
  }

  return (
    <div data-base-ui-swipe-ignore="">
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t(drawn ? 'signed' : 'signHere')}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
        className="aspect-[3/1] w-full touch-none rounded-card border-2 border-line bg-white"
      />
      <div className="flex items-center justify-between gap-3 pt-1">
        <p className="text-quiet text-sm">{t('signHint')}</p>
        <Button variant="quiet" size="md" disabled={!drawn} onClick={clear}>
          {t('clear')}
        </Button>
      </div>
    </div>
  );
}
