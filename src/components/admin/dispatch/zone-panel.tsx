'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { type PolicyKind, type PolicyProblem, PROBLEMS } from '@/domain/dispatch/policy-kinds';
import type { ZoneDispatch, ZonePolicy } from '@/domain/dispatch/zone-policy';
import { trpc } from '@/trpc/client';
import type { RefusalWords } from '@/trpc/refusal';
import { KindChoice } from './kind-choice';
import { KnobFields } from './knob-fields';
import { documentOf, type Typed, typedOf } from './knobs';
import { PolicyPreview } from './preview/policy-preview';
import { usePreview } from './preview/use-preview';

type Draft = { kind: PolicyKind; base: ZonePolicy; typed: Typed };

const draftOf = (policy: ZonePolicy): Draft => ({
  kind: policy.kind,
  base: policy,
  typed: typedOf(policy),
});

/** Knobs that both policies have keep what was typed. */
function switched(draft: Draft, base: ZonePolicy): Draft {
  const fresh = draftOf(base);
  const shared = Object.entries(draft.typed).filter(([knob]) => knob in fresh.typed);
  return { ...fresh, typed: { ...fresh.typed, ...Object.fromEntries(shared) } };
}

/** The field that the server named, and what is wrong with it. */
function problemIn(refusal: RefusalWords | null): PolicyProblem | null {
  if (refusal?.reason !== 'policy_invalid') return null;
  const { field, problem, limit } = refusal.data;
  return {
    field: String(field),
    problem: PROBLEMS.find((each) => each === problem) ?? 'not_a_policy',
    limit: typeof limit === 'number' ? limit : null,
  };
}

type ZonePanelProps = {
  zone: ZoneDispatch;
  /** Each policy as it comes. */
  defaults: Readonly<Record<PolicyKind, ZonePolicy>>;
  /** Reads the zones anew. */
  onSaved: () => Promise<unknown>;
};

/** One zone: which policy, and its knobs. What others change meanwhile is not overwritten. */
export function ZonePanel({ zone, defaults, onSaved }: ZonePanelProps) {
  const t = useTranslations('dispatch');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [begunAt, setBegunAt] = useState(zone.version);
  const shown = draft ?? draftOf(zone.policy);
  const overtaken = draft !== null && zone.version > begunAt;
  const change = (next: Draft) => {
    if (draft === null) setBegunAt(zone.version);
    save.clear();
    setDraft(next);
  };
  const preview = usePreview();
  const discard = () => {
    setDraft(null);
    save.clear();
    preview.stop();
  };
  const save = useAction(trpc.admin.changeDispatchPolicy.useMutation(), {
    onDone: ({ version }) => {
      setBegunAt(version);
      preview.stop();
      toast.success(t('saved', { zone: zone.zoneName }));
      void onSaved().then(() => setDraft(null));
    },
    onRefused: ({ reason }) => {
      if (reason === 'policy_changed') void onSaved();
    },
  });
  const policy = documentOf(shown.kind, shown.base, shown.typed);
  const outdated = JSON.stringify(policy) !== JSON.stringify(preview.asked?.policy);
  const refused = preview.state.kind === 'refused' && !outdated ? preview.state.refusal : null;
  const notSaved = problemIn(save.refusal);
  const problem = notSaved ?? problemIn(refused);
  const submit = () => save.run({ zoneId: zone.zoneId, expectedVersion: begunAt, policy });

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
        onChange={(kind) =>
          change(switched(shown, zone.policy.kind === kind ? zone.policy : defaults[kind]))
        }
      />
      <KnobFields
        policy={shown.base}
        typed={shown.typed}
        problem={problem}
        onType={(knob, text) => change({ ...shown, typed: { ...shown.typed, [knob]: text } })}
      />
      <PolicyPreview
        preview={preview}
        changed={draft !== null}
        outdated={outdated}
        onStart={(hours) => preview.start({ zoneId: zone.zoneId, policy, hours })}
      />
      {overtaken && <Warning>{t('overtaken')}</Warning>}
      {save.refusal && !overtaken && !notSaved && (
        <Warning>
          {save.refusal.message} {save.refusal.hint}
        </Warning>
      )}
      <div className="mt-6 flex flex-wrap items-center justify-end gap-3 border-line border-t pt-4">
        {notSaved ? (
          <p role="alert" className="me-auto text-bad-ink text-sm">
            {t('notSaved')}
          </p>
        ) : (
          <p className="me-auto text-quiet text-sm">{t('effect')}</p>
        )}
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
