'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import {
  checkPolicy,
  defaultPolicy,
  type PolicyKind,
  type PolicyProblem,
  type ZoneDispatch,
  type ZonePolicy,
} from '@/domain/dispatch/zone-policy';
import { trpc } from '@/trpc/client';
import { KindChoice } from './kind-choice';
import { KnobFields } from './knob-fields';
import { documentOf, type Typed, typedOf } from './knobs';

type Draft = { kind: PolicyKind; base: ZonePolicy; typed: Typed };

const draftOf = (policy: ZonePolicy): Draft => ({
  kind: policy.kind,
  base: policy,
  typed: typedOf(policy),
});

/** Knobs that both policies have keep what was typed. */
function switched(draft: Draft, kind: PolicyKind, stored: ZonePolicy): Draft {
  const fresh = draftOf(stored.kind === kind ? stored : defaultPolicy(kind));
  const shared = Object.entries(draft.typed).filter(([knob]) => knob in fresh.typed);
  return { ...fresh, typed: { ...fresh.typed, ...Object.fromEntries(shared) } };
}

type ZonePanelProps = { zone: ZoneDispatch; onSaved: () => void };

/** One zone: which policy, and its knobs. What others change meanwhile is not overwritten. */
export function ZonePanel({ zone, onSaved }: ZonePanelProps) {
  const t = useTranslations('dispatch');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [begunAt, setBegunAt] = useState(zone.version);
  const [problem, setProblem] = useState<PolicyProblem | null>(null);
  const shown = draft ?? draftOf(zone.policy);
  const overtaken = draft !== null && begunAt !== zone.version;
  const change = (next: Draft) => {
    if (draft === null) setBegunAt(zone.version);
    setProblem(null);
    setDraft(next);
  };
  const discard = () => {
    setDraft(null);
    setProblem(null);
    save.clear();
  };
  const save = useAction(trpc.admin.changeDispatchPolicy.useMutation(), {
    onDone: () => {
      setDraft(null);
      toast.success(t('saved', { zone: zone.zoneName }));
      onSaved();
    },
    onRefused: ({ reason }) => {
      if (reason === 'policy_changed') onSaved();
    },
  });
  const submit = () => {
    const policy = documentOf(shown.kind, shown.base, shown.typed);
    const checked = checkPolicy(policy);
    setProblem(checked.problem);
    if (checked.policy) {
      save.run({ zoneId: zone.zoneId, expectedVersion: begunAt, policy });
    }
  };

  return (
    <form
      aria-label={zone.zoneName}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="mt-6 rounded-card border border-line bg-raised p-4 sm:p-6"
    >
      <ZoneHead zone={zone} />
      {zone.problem && <Warning>{t('storedProblem', { field: zone.problem.field })}</Warning>}
      <KindChoice
        kind={shown.kind}
        onChange={(kind) => change(switched(shown, kind, zone.policy))}
      />
      <KnobFields
        policy={shown.base}
        typed={shown.typed}
        problem={problem}
        onType={(knob, text) => change({ ...shown, typed: { ...shown.typed, [knob]: text } })}
      />
      {overtaken && <Warning>{t('overtaken')}</Warning>}
      {save.refusal && !overtaken && (
        <Warning>
          {save.refusal.message} {save.refusal.hint}
        </Warning>
      )}
      {problem && (
        <p role="alert" className="sr-only">
          {t('notSaved')}
        </p>
      )}
      <div className="mt-6 flex flex-wrap items-center justify-end gap-3 border-line border-t pt-4">
        <p className="me-auto text-quiet text-sm">{t('effect')}</p>
        {draft && (
          <Button type="button" variant="quiet" onClick={discard}>
            {t('discard')}
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={!draft || overtaken || save.pending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function ZoneHead({ zone }: { zone: ZoneDispatch }) {
  const t = useTranslations('dispatch');
  const format = useFormat();
  const now = useNow(10);
  const { changedAt, changedBy, driversOnline: drivers, searching } = zone;
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <h2 className="text-lg">
        <bdi>{zone.zoneName}</bdi>
      </h2>
      <p className="numerals text-quiet text-sm" suppressHydrationWarning>
        {t('now', { drivers, searching })}
        {changedAt &&
          ` · ${t('changed', {
            age: format.ago(changedAt, now),
            name: changedBy ?? t('byHand'),
          })}`}
      </p>
    </div>
  );
}

const Warning = ({ children }: { children: ReactNode }) => (
  <p
    role="status"
    className="mt-4 flex items-start gap-2 rounded-control bg-warn-soft px-3 py-2.5 text-sm text-warn-ink"
  >
    <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
    <span>{children}</span>
  </p>
);
