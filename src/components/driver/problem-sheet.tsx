'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { RadioGroup } from '@/components/ui/radio-group';
import { Sheet } from '@/components/ui/sheet';
import { FAIL_REASONS, HAND_BACK_REASONS } from '@/domain/delivery';
import { useDriver } from './driver-context';
import type { Job } from './job-words';

type Reason = (typeof FAIL_REASONS)[number] | (typeof HAND_BACK_REASONS)[number];

type ProblemSheetProps = {
  job: Job;
  /** `hand_back`: before the pickup, somebody else takes it. `fail`: the food goes back. */
  kind: 'fail' | 'hand_back';
};

const among = <R extends string>(reasons: readonly R[], reason: string | null): R | null =>
  reasons.find((each) => each === reason) ?? null;

/** What stands in the way, said with a reason. */
export function ProblemSheet({ job, kind }: ProblemSheetProps) {
  const t = useTranslations('driver.problem');
  const words = useTranslations('reasons');
  const { steps } = useDriver();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason | null>(null);
  const choices =
    kind === 'fail'
      ? FAIL_REASONS.map((value) => ({ value, label: words(`fail.${value}`) }))
      : HAND_BACK_REASONS.map((value) => ({ value, label: words(`handBack.${value}`) }));

  function tell(): void {
    const failed = among(FAIL_REASONS, reason);
    const back = among(HAND_BACK_REASONS, reason);
    if (kind === 'fail' && failed) steps.act(job, { kind, reason: failed });
    if (kind === 'hand_back' && back) steps.act(job, { kind, reason: back });
    setOpen(false);
  }

  return (
    <>
      <Button variant="danger-quiet" size="thumb" full onClick={() => setOpen(true)}>
        {t(`${kind}.open`)}
      </Button>
      <Sheet
        open={open}
        onOpenChange={setOpen}
        title={t(`${kind}.title`)}
        footer={
          <Button
            variant="danger"
            size="thumb"
            full
            disabled={reason === null}
            loading={steps.pendingOn(job.delivery.id) !== null}
            onClick={tell}
          >
            {t(`${kind}.end`)}
          </Button>
        }
      >
        <p className="text-quiet text-sm">{t(`${kind}.detail`)}</p>
        <RadioGroup
          label={t('reason')}
          value={reason}
          onChange={setReason}
          choices={choices}
          className="mt-3 [&>label]:min-h-14 [&>label]:text-base"
        />
      </Sheet>
    </>
  );
}
