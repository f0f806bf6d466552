'use client';

import { Camera, MapPinCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { type DriverStep, deliveryMachine, mayHandBack } from '@/domain/delivery';
import { needsPin } from '@/domain/handover';
import { useDriver } from './driver-context';
import { HandOverSheet } from './hand-over-sheet';
import { type Job, legOf } from './job-words';
import { KeptSteps } from './kept-steps';
import { ProblemSheet } from './problem-sheet';
import type { Brought } from './step-queue';
import { SAID_IN_THE_SHEET } from './use-tell-outcome';

/** A second touch right after a step is the same thumb, not the next step. */
const REST_MS = 800;
const ARRIVALS: ReadonlySet<DriverStep> = new Set([
  'arrive_pickup',
  'arrive_dropoff',
  'finish_return',
]);

/** The one next step, under the thumb. Without a network it is kept, and sent when there is one. */
export function JobStep({ job, step }: { job: Job; step: DriverStep | null }) {
  const t = useTranslations('driver.step');
  const { steps } = useDriver();
  const [proving, setProving] = useState(false);
  const { order, delivery } = job;
  const { latest } = steps;
  const arrived =
    latest?.deliveryId === delivery.id && latest.act.kind === 'step' && latest.act.step;
  // On its way, or taken and not in the live view yet.
  const busy = steps.pendingOn(delivery.id) !== null || (arrived !== null && arrived === step);
  const refusal = steps.refusalOn(delivery.id);
  const mayFail = deliveryMachine.steps[delivery.status].fail !== undefined;
  const atDoor = step === 'deliver';
  const prove = atDoor && needsPin(order);
  const take = (proof: Brought | null = null) =>
    step && steps.act(job, { kind: 'step', step, proof });
  const label = prove ? 'enterPin' : atDoor && order.handover === 'at_door' ? 'leave' : step;
  return (
    <div className="flex flex-col gap-1">
      <KeptSteps />
      {step && ARRIVALS.has(step) && delivery.nearAt && <SeemsThere job={job} />}
      {step && label && (
        <StepButton
          key={step}
          loading={!proving && busy}
          onClick={() => (prove ? setProving(true) : take())}
        >
          {t(label)}
        </StepButton>
      )}
      {atDoor && !prove && (
        <Button variant="quiet" size="thumb" full onClick={() => setProving(true)}>
          <Camera aria-hidden="true" />
          {t('prove')}
        </Button>
      )}
      {mayFail && <ProblemSheet key="fail" job={job} kind="fail" />}
      {mayHandBack(delivery.status) && <ProblemSheet key="back" job={job} kind="hand_back" />}
      {atDoor && (
        <HandOverSheet
          open={proving}
          onOpenChange={setProving}
          order={order}
          pending={busy}
          refusal={refusal && SAID_IN_THE_SHEET.has(refusal.reason) ? refusal : null}
          onProof={take}
        />
      )}
    </div>
  );
}

/** The position says so; the driver decides. */
function SeemsThere({ job }: { job: Job }) {
  const t = useTranslations('driver.step');
  return (
    <p
      role="status"
      className="mb-1.5 flex items-center gap-2 rounded-control bg-info-soft px-3 py-2 text-info-ink text-sm"
    >
      <MapPinCheck aria-hidden="true" className="size-4 shrink-0" />
      {t('seemsThere', { place: legOf(job).stop.name })}
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
