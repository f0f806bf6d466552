'use client';

import { FlaskConical, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { PREVIEW_HOURS, type PreviewHours } from '@/domain/replay/preview';
import { PreviewTable } from './preview-table';
import type { PreviewControl, PreviewState } from './use-preview';

type PolicyPreviewProps = {
  preview: PreviewControl;
  /** Whether there is another policy than the present one to look at. */
  changed: boolean;
  /** Whether the policy was changed again after it was asked about. */
  outdated: boolean;
  onStart: (hours: PreviewHours) => void;
};

const isRunning = ({ kind }: PreviewState) =>
  kind === 'asked' || kind === 'waiting' || kind === 'running';

/** What the last day would have been like under the policy in the form, before it is saved. */
export function PolicyPreview({ preview, changed, outdated, onStart }: PolicyPreviewProps) {
  const t = useTranslations('dispatch.preview');
  const id = useId();
  const [hours, setHours] = useState<PreviewHours>(PREVIEW_HOURS[0]);
  const { state, stop, asked } = preview;
  return (
    <section aria-labelledby={id} className="mt-4 rounded-card bg-sunken p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h3 id={id} className="text-base tracking-normal">
            {t('title')}
          </h3>
          <p className="mt-0.5 text-pretty text-quiet text-sm">
            {t(changed ? 'detail' : 'unchanged')}
          </p>
        </div>
        {isRunning(state) ? (
          <Button onClick={stop}>{t('stop')}</Button>
        ) : (
          changed && (
            <div className="flex flex-wrap gap-3">
              <Segmented
                label={t('back')}
                value={String(hours)}
                onChange={(value) =>
                  setHours(PREVIEW_HOURS.find((each) => String(each) === value) ?? hours)
                }
                segments={PREVIEW_HOURS.map((value) => ({
                  value: String(value),
                  label: <span className="numerals">{t('hours', { hours: value })}</span>,
                }))}
              />
              <Button onClick={() => onStart(hours)}>
                <FlaskConical aria-hidden="true" />
                {t(state.kind === 'idle' ? 'start' : 'again')}
              </Button>
            </div>
          )
        )}
      </div>
      <div aria-live="polite">
        <Outcome state={state} hours={asked?.hours ?? hours} outdated={outdated} />
      </div>
    </section>
  );
}

type OutcomeProps = { state: PreviewState; hours: PreviewHours; outdated: boolean };

function Outcome({ state, hours, outdated }: OutcomeProps) {
  const t = useTranslations('dispatch.preview');
  switch (state.kind) {
    case 'idle':
      return null;
    case 'asked':
    case 'waiting':
      return <Progress words={t(state.kind)} />;
    case 'running':
      return <Progress words={t('running')} share={state.share} />;
    case 'nothing':
      return <Note>{t('nothing', { hours })}</Note>;
    case 'too_much':
      return <Note warn>{t(`tooMuch.${state.of}`)}</Note>;
    case 'refused':
      // What is wrong with a knob stands at the knob.
      return (
        <Note warn>
          {state.refusal.reason === 'policy_invalid'
            ? t('nonsense')
            : `${state.refusal.message} ${state.refusal.hint ?? ''}`}
        </Note>
      );
    case 'done':
      return (
        <>
          {outdated && <Note warn>{t('outdated')}</Note>}
          <PreviewTable preview={state.preview} />
        </>
      );
  }
}

/** Without a share: how long it takes is not known yet. */
function Progress({ words, share }: { words: string; share?: number }) {
  return (
    <div className="mt-3">
      <p className="text-sm">{words}</p>
      <progress
        aria-label={words}
        value={share}
        max={1}
        className="mt-2 h-1.5 w-full overflow-hidden rounded-full accent-accent"
      />
    </div>
  );
}

const Note = ({ warn = false, children }: { warn?: boolean; children: ReactNode }) => (
  <p
    className={
      warn
        ? 'mt-3 flex items-start gap-2 rounded-control bg-warn-soft px-3 py-2.5 text-sm text-warn-ink'
        : 'mt-3 text-quiet text-sm'
    }
  >
    {warn && <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />}
    <span>{children}</span>
  </p>
);
