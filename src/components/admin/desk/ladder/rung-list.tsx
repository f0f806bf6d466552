import { useTranslations } from 'next-intl';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import type { MustSeeEvent, RungKind } from '@/domain/must-see';
import { type LadderDraft, rungsOf, type WrongRungs } from './ladder-draft';

type RungListProps = {
  event: MustSeeEvent;
  rungs: LadderDraft[MustSeeEvent];
  wrong: WrongRungs;
  disabled: boolean;
  onChange: (rungs: LadderDraft[MustSeeEvent]) => void;
};

/** What happens when one kind of event is not seen: each step with its switch and its time. */
export function RungList({ event, rungs, wrong, disabled, onChange }: RungListProps) {
  const t = useTranslations('desk.ladder');
  const set = (kind: RungKind, change: Partial<LadderDraft['placed']['sound']>) =>
    onChange({ ...rungs, [kind]: { ...rungs[kind], ...change } });
  return (
    <fieldset className="min-w-0 rounded-card border border-line bg-raised px-4 pb-2">
      <legend className="float-start pt-3 pb-1 font-medium text-sm">{t(`event.${event}`)}</legend>
      <ul className="clear-both divide-y divide-line">
        {rungsOf(event).map((kind) => {
          const { on, after } = rungs[kind];
          const problem = wrong.get(`${event}.${kind}`);
          const rung = t(`rung.${kind}`);
          const errorId = `${event}-${kind}-error`;
          return (
            <li key={kind} className="py-1.5">
              <div className="flex items-center justify-between gap-3">
                <Switch
                  checked={on}
                  // An order that nobody answers has to end.
                  disabled={disabled || kind === 'cancel'}
                  onChange={(next) => set(kind, { on: next })}
                  label={rung}
                  className="min-w-0"
                />
                <Input
                  dir="ltr"
                  inputMode="text"
                  autoComplete="off"
                  aria-label={t('after', { rung })}
                  aria-invalid={problem !== undefined}
                  aria-describedby={problem && errorId}
                  value={after}
                  maxLength={7}
                  disabled={disabled || !on}
                  onChange={({ target }) => set(kind, { after: target.value })}
                  className="numerals w-20 shrink-0 text-end"
                />
              </div>
              {problem && (
                <p id={errorId} className="pb-1 text-bad-ink text-xs">
                  {t(problem)}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
