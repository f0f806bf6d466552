'use client';

import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { LiveBadge } from '@/components/shared/live-badge';
import { useFormat } from '@/components/shared/use-format';
import { minutesToGo } from '@/domain/eta';
import type { ShareView } from '@/domain/share';
import { useLiveShare } from '@/trpc/use-live-share';
import { EndedLink } from './ended-link';
import { PROGRESS, stageOf } from './share-stage';
import { WayPicture } from './way-picture';

/** How an order stands and when it comes, for whoever was sent the link. */
export function SharePage({ token, initial }: { token: string; initial: ShareView }) {
  const t = useTranslations('share');
  const format = useFormat();
  const now = useNow(10);
  const { view, live } = useLiveShare(token, initial);
  if (!view) return <EndedLink />;
  const stage = stageOf(view);
  const { etaFrom, etaTo, timeZone } = view;
  const minutes = minutesToGo({ ...view, promisedFrom: etaFrom, promisedTo: etaTo }, now);
  const clock = t('window', {
    from: format.clock(etaFrom, timeZone),
    to: format.clock(etaTo, timeZone),
  });
  const soon = !minutes || minutes.to <= 1;
  return (
    <div className="mx-auto max-w-xl pb-16 sm:px-6 sm:pt-8">
      <div className="aspect-[2/1] overflow-hidden bg-sunken sm:rounded-card">
        <WayPicture
          progress={PROGRESS[stage]}
          seed={token}
          label={t('picture')}
          className="size-full"
        />
      </div>
      <div className="px-5 pt-6 sm:px-1">
        <div className="flex items-center justify-between gap-3">
          <h1 className="text-lg">{t(`stage.${stage}`)}</h1>
          <LiveBadge live={live} timeZone={timeZone} />
        </div>
        <p suppressHydrationWarning className="sr-only">
          {soon ? t('spokenNow') : t('spoken', { window: format.window(minutes) })}
        </p>
        <p
          aria-hidden="true"
          suppressHydrationWarning
          className="numerals mt-5 flex items-baseline gap-2"
        >
          <span className="heading text-[4rem] leading-none tracking-[-0.035em]">
            {soon
              ? t('now')
              : t('window', {
                  from: `${format.number(minutes.from)}\u200a`,
                  to: `\u200a${format.number(minutes.to)}`,
                })}
          </span>
          {!soon && <span className="heading text-lg text-quiet">{t('unit')}</span>}
        </p>
        <p className="numerals mt-2 text-quiet">{t('around', { window: clock })}</p>
        <p aria-live="polite" className="sr-only">
          {t('live', { stage: t(`stage.${stage}`), window: clock })}
        </p>
        <p className="mt-8 border-line border-t pt-4 text-pretty text-faint text-sm">
          {t('hidden')}
        </p>
      </div>
    </div>
  );
}
