'use client';

import { WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { toastRefusal, useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { type DriverStep, deliveryMachine } from '@/domain/delivery';
import { needsPin } from '@/domain/handover';
import { trpc } from '@/trpc/client';
import { refusalOf } from '@/trpc/refusal';
import { FailSheet } from './fail-sheet';
import { HandOverSheet } from './hand-over-sheet';
import type { Job } from './job-words';

/** A second touch right after a step is the same thumb, not the next step. */
const REST_MS = 800;
const LONGEST_WAIT_MS = 8_000;
const SAID_IN_THE_SHEET: ReadonlySet<string> = new Set(['wrong_pin', 'pin_locked', 'pin_required']);

/** The one next step, under the thumb. Without a network it is kept, and sent when there is one. */
export function JobStep({ job, step }: { job: Job; step: DriverStep | null }) {
  const t = useTranslations('driver.step');
  const { money } = useFormat();
  const { order, delivery } = job;
  const mutation = trpc.drivers.step.useMutation({
    retry: (_, error) => refusalOf(error).code === 'offline',
    retryDelay: (attempt) => Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempt),
  });
  const [proving, setProving] = useState(false);
  const { run, pending, refusal } = useAction(mutation, {
    onRefused: (refused) => {
      if (!SAID_IN_THE_SHEET.has(refused.reason)) toastRefusal(refused);
    },
    onDone: (_, variables) => {
      if (variables.step !== 'deliver') return;
      setProving(false);
      const pay = delivery.pay === null ? null : money(delivery.pay, order.currency);
      toast.success(t('done', { number: order.number }), {
        description: pay ? t('paid', { pay }) : undefined,
      });
    },
  });
  const awaited = mutation.isSuccess && mutation.variables.step === step;
  const kept = mutation.isPaused || (mutation.isPending && mutation.failureCount > 0);
  const mayFail = deliveryMachine.steps[delivery.status].fail !== undefined;
  const prove = step === 'deliver' && needsPin(order);
  const leave = step === 'deliver' && order.handover === 'at_door';
  return (
    <div className="flex flex-col gap-1">
      {kept && !proving && <Kept />}
      {step && (
        <StepButton
          key={step}
          loading={!proving && (pending || awaited)}
          onClick={() => (prove ? setProving(true) : run({ deliveryId: delivery.id, step }))}
        >
          {t(prove ? 'enterPin' : leave ? 'leave' : step)}
        </StepButton>
      )}
      {mayFail && <FailSheet deliveryId={delivery.id} />}
      {prove && (
        <HandOverSheet
          open={proving}
          onOpenChange={setProving}
          customer={order.customerName}
          pending={pending || awaited}
          refusal={refusal && SAID_IN_THE_SHEET.has(refusal.reason) ? refusal : null}
          onProof={(proof) => run({ deliveryId: delivery.id, step, proof })}
        >
          {kept && <Kept />}
        </HandOverSheet>
      )}
    </div>
  );
}

function Kept() {
  const t = useTranslations('driver.step');
  return (
    <p role="status" className="flex items-center justify-center gap-2 pb-2 text-sm text-warn-ink">
      <WifiOff aria-hidden="true" className="size-4" />
      {t('kept')}
    </p>
  );
}

type StepButtonProps = { loading: boolean; onClick: () => void; children: string };

function StepButton({ loading, onClick, children }: StepButtonProps) {
  const [resting, setResting] = useState(true);
  // The clock, from the moment that this step came up.
  useEffect(() => {
    const timer = setTimeout(() => setResting(false), REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Button
      variant="primary"
      size="thumb"
      full
      loading={loading}
      disabled={resting}
      onClick={onClick}
      className="h-18 rounded-card text-lg disabled:opacity-100"
    >
      {children}
    </Button>
  );
}
