'use client';

import { Info, type LucideIcon, MapPinOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { SOFT_TONE, type Tone } from '@/components/ui/tone';
import { DemoPositionDialog } from './demo-position-dialog';
import { useDriver } from './driver-context';

/** What stands between the driver and a known position, and what to do about it. */
export function PositionNotice() {
  const t = useTranslations('driver.position');
  const { whereabouts, duty, demo, view } = useDriver();
  const { problem, refusal, pretending, at } = whereabouts;
  const free = view.jobs.length === 0;
  const pin = demo && (free || problem) && (
    <DemoPositionDialog
      at={pretending ? at : null}
      onStand={whereabouts.pretend}
      onUseDevice={pretending ? whereabouts.stopPretending : null}
    />
  );
  if (pretending) {
    if (!pin) return null;
    return (
      <Notice icon={Info} tone="info" title={t(pretending)}>
        {pin}
      </Notice>
    );
  }
  if (problem) {
    return (
      <Notice
        icon={MapPinOff}
        tone="bad"
        title={t(`${problem}.title`)}
        detail={t(`${problem}.todo`)}
        alert
      >
        {!duty.online && (
          <Button onClick={duty.goOnline} loading={duty.busy}>
            {t('retry')}
          </Button>
        )}
        {pin}
      </Notice>
    );
  }
  if (refusal) {
    return (
      <Notice
        icon={MapPinOff}
        tone="warn"
        title={refusal.message}
        detail={refusal.hint ?? undefined}
        alert
      />
    );
  }
  if (!demo || duty.online) return null;
  return (
    <Notice icon={Info} tone="neutral" title={t('elsewhere')} detail={t('elsewhereDetail')}>
      {pin}
    </Notice>
  );
}

type NoticeProps = {
  icon: LucideIcon;
  tone: Tone;
  title: string;
  detail?: string | undefined;
  alert?: boolean;
  children?: ReactNode;
};

const Notice = ({ icon: Icon, tone, title, detail, alert, children }: NoticeProps) => (
  <div
    role={alert ? 'alert' : undefined}
    className={cn('flex gap-3 rounded-card p-4', SOFT_TONE[tone])}
  >
    <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
    <div className="min-w-0 flex-1">
      <p className="font-medium text-sm">{title}</p>
      {detail && <p className="mt-0.5 text-pretty text-sm">{detail}</p>}
      {children && <div className="mt-3 flex flex-wrap gap-2 empty:hidden">{children}</div>}
    </div>
  </div>
);
