'use client';

import { FlaskConical, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { Button } from '@/components/ui/button';
import { PREVIEW_HOURS } from '@/domain/replay/preview';
import { PreviewTable } from './preview-table';
import type { PreviewControl, PreviewState } from './use-preview';

type PolicyPreviewProps = {
  preview: PreviewControl;
  /** Whether there is another policy than the present one to look at. */
  changed: boolean;
  /** Whether the policy was changed again after it was asked about. */
  outdated: boolean;
  onStart: () => void;
};

const isRunning = ({ kind }: PreviewState) =>
  kind === 'asked' || kind === 'waiting' || kind === 'running';

/** What the last day would have been like under the policy in the form, before it is saved. */
export function PolicyPreview({ preview, changed, outdated, onStart }: PolicyPreviewProps) {
  const t = useTranslations('dispatch.preview');
  const id = useId();
  const { state, stop } = preview;
  return (
    <section aria-labelledby={id} className="mt-4 rounded-card bg-sunken p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h3 id={id} className="text-base tracking-normal">
            {t('title')}
          </h3>
          <p className="mt-0.5 text-pretty text-quiet text-sm">
            {t(changed ? 'detail' : 'unchanged', { hours: PREVIEW_HOURS })}
          </p>
        </div>
        {isRunning(state) ? (
          <Button onClick={stop}>{t('stop')}</Button>
        ) : (
          changed && (
            <Button onClick={onStart}>
              <FlaskConical aria-hidden="true" />
              {t(state.kind === 'idle' ? 'start' : 'again')}
            </Button>
          )
        )}
      </div>
      <div aria-live="polite">
        <Outcome state={state} outdated={outdated} />
      </div>
    </section>
  );
}

function Outcome({ state, outdated }: { state: PreviewState; outdated: boolean }) {
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
      return <Note>{t('nothing', { hours: PREVIEW_HOURS })}</Note>;
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
