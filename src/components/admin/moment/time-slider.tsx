'use client';

import { ChevronLeft, ChevronRight, Link2, Pause, Play, Radio } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { MomentControl } from './use-moment';
import { useStoryWords } from './use-story-words';

type TimeSliderProps = {
  control: MomentControl;
  versions: number;
  /** The event that the moment comes after, in words. */
  title: string;
  timeZone: string;
};

/** Through an order event by event: with the arrow keys, by itself, or to a link for a colleague. */
export function TimeSlider({ control, versions, title, timeZone }: TimeSliderProps) {
  const { story: t, format } = useStoryWords();
  const { at, version, playing, query } = control;
  const time = query.data ? format.seconds(query.data.at, timeZone) : '';

  async function copy() {
    const moment = at ?? String(version);
    const { origin, pathname } = window.location;
    const url = `${origin}${pathname}?at=${encodeURIComponent(moment)}`;
    try {
      await navigator.clipboard.writeText(url);
      toast.success(t('copied'), { description: url });
    } catch {
      toast.info(t('copyByHand'), { description: url });
    }
  }

  return (
    <section
      aria-label={t('slider')}
      className="rounded-card border border-line bg-raised p-3 max-lg:sticky max-lg:top-15 max-lg:z-10"
    >
      <div className="flex items-center gap-1">
        <Button
          variant="primary"
          size="icon"
          aria-label={t(playing ? 'pause' : 'play')}
          onClick={control.play}
        >
          {playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </Button>
        <Button
          variant="quiet"
          size="icon"
          aria-label={t('back')}
          disabled={version <= 1}
          onClick={() => control.step(version - 1)}
        >
          <ChevronLeft aria-hidden="true" className="rtl:-scale-x-100" />
        </Button>
        <input
          type="range"
          min={1}
          max={Math.max(versions, 1)}
          step={1}
          value={version}
          aria-label={t('eventSlider')}
          aria-valuetext={t('eventOf', { number: version, count: versions, title, time })}
          onChange={({ target }) => control.step(Number(target.value))}
          className="h-11 min-w-0 flex-1 cursor-pointer accent-accent"
        />
        <Button
          variant="quiet"
          size="icon"
          aria-label={t('forward')}
          disabled={version >= versions}
          onClick={() => control.step(version + 1)}
        >
          <ChevronRight aria-hidden="true" className="rtl:-scale-x-100" />
        </Button>
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="numerals min-w-0 flex-1 basis-full text-sm sm:basis-0">
          <span className="heading">{time}</span> <span className="font-medium">{title}</span>{' '}
          <span className="text-quiet">{t('ofCount', { number: version, count: versions })}</span>
        </p>
        <Button
          variant="quiet"
          size="sm"
          aria-pressed={at === null}
          onClick={() => control.go(null)}
          className={at === null ? 'text-good-ink' : undefined}
        >
          <Radio aria-hidden="true" />
          {t('now')}
        </Button>
        <Button size="sm" onClick={() => void copy()}>
          <Link2 aria-hidden="true" />
          {t('copy')}
        </Button>
      </div>
    </section>
  );
}
