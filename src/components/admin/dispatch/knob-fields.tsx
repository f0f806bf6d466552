'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { PolicyProblem } from '@/domain/dispatch/policy-kinds';
import type { ZonePolicy } from '@/domain/dispatch/zone-policy';
import { groupsOf, type Knob, type KnobField, mayBeEmpty, type Typed } from './knobs';

type KnobFieldsProps = {
  policy: ZonePolicy;
  typed: Typed;
  problem: PolicyProblem | null;
  onType: (knob: Knob, text: string) => void;
};

/** The knobs of a policy by what they are about; all but the first two groups are folded away. */
export function KnobFields({ policy, typed, problem, onType }: KnobFieldsProps) {
  const t = useTranslations('dispatch');
  return (
    <div className="mt-2 divide-y divide-line">
      {groupsOf(policy).map(({ group, knobs }, n) => {
        const wrong = knobs.some(({ knob }) => knob === problem?.field);
        return (
          <details key={group} open={n < 2 || wrong || undefined} className="group py-3">
            <summary className="flex min-h-11 cursor-pointer list-none items-center font-medium">
              {t(`group.${group}`)}
              <ChevronDown
                aria-hidden="true"
                className="ms-auto size-5 text-quiet transition-transform group-open:rotate-180 motion-reduce:transition-none"
              />
            </summary>
            <div className="grid gap-x-6 gap-y-5 pt-2 pb-3 sm:grid-cols-2">
              {knobs.map((field) => (
                <OneKnob
                  key={field.knob}
                  field={field}
                  text={typed[field.knob] ?? ''}
                  problem={problem?.field === field.knob ? problem : null}
                  onType={(text) => onType(field.knob, text)}
                />
              ))}
            </div>
          </details>
        );
      })}
    </div>
  );
}

type OneKnobProps = {
  field: KnobField;
  text: string;
  problem: PolicyProblem | null;
  onType: (text: string) => void;
};

function OneKnob({ field: { knob, unit }, text, problem, onType }: OneKnobProps) {
  const t = useTranslations('dispatch');
  const error = problem
    ? t(`problem.${problem.problem}`, { limit: String(problem.limit ?? '') })
    : undefined;
  return (
    <Field
      label={t(`knob.${knob}.name`)}
      hint={t(`knob.${knob}.hint`)}
      aside={t(`unit.${unit}`)}
      error={error}
    >
      {(control) => (
        <Input
          {...control}
          type="text"
          dir="ltr"
          inputMode={unit === 'steps' ? 'text' : 'decimal'}
          autoComplete="off"
          placeholder={mayBeEmpty(knob) ? t('never') : undefined}
          value={text}
          onChange={(event) => onType(event.target.value)}
          className="numerals"
        />
      )}
    </Field>
  );
}
