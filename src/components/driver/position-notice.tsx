'use client';

import { Info, type LucideIcon, MapPinOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { SOFT_TONE, type Tone } from '@/components/ui/tone';
import { DemoPositionDialog } from './demo-position-dialog';
import type { PositionProblem } from './device-position';
import { useDriver } from './driver-context';

const PROBLEMS: Readonly<Record<PositionProblem, { title: string; todo: string }>> = {
  denied: {
    title: 'This page may not see where you are',
    todo: 'Open the lock beside the address, allow “Location” for this site, then try again.',
  },
  unavailable: {
    title: 'Your device can’t tell where it is',
    todo: 'Switch on location on the device, step out from under a roof, then try again.',
  },
  unsupported: {
    title: 'This browser has no location',
    todo: 'Use a phone, or a browser that shares its location.',
  },
};

const PRETENDING = {
  far: 'You are far from the demo city, so you stand at a pin in it.',
  chosen: 'You stand at a pin in the demo city.',
} as const;

/** What stands between the driver and a known position, and what to do about it. */
export function PositionNotice() {
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
      <Notice icon={Info} tone="info" title={PRETENDING[pretending]}>
        {pin}
      </Notice>
    );
  }
  if (problem) {
    const { title, todo } = PROBLEMS[problem];
    return (
      <Notice icon={MapPinOff} tone="bad" title={title} detail={todo} alert>
        {!duty.online && (
          <Button onClick={duty.goOnline} loading={duty.busy}>
            Try again
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
    <Notice
      icon={Info}
      tone="neutral"
      title="Not in the demo city?"
      detail="Put yourself on its map instead of sharing where you really are."
    >
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
