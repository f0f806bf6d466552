'use client';

import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioGroup } from '@/components/ui/radio-group';
import type { MenuOption, MenuOptionGroup } from '@/domain/menu';
import { formatMoney } from '@/domain/money';

type OptionGroupProps = {
  group: MenuOptionGroup;
  currency: string;
  /** Of all groups of the dish. */
  chosen: readonly string[];
  missing: boolean;
  onChange: (chosen: string[]) => void;
};

function rule({ min, max }: MenuOptionGroup): string {
  if (min === max) return `Choose ${min}`;
  if (min === 0) return max === 1 ? 'Optional' : `Up to ${max}`;
  return `Choose ${min} to ${max}`;
}

export function OptionGroup({ group, currency, chosen, missing, onChange }: OptionGroupProps) {
  const inGroup = new Set(group.options.map(({ id }) => id));
  const elsewhere = chosen.filter((id) => !inGroup.has(id));
  const here = chosen.filter((id) => inGroup.has(id));
  const full = here.length >= group.max;

  const price = (option: MenuOption) =>
    option.soldOut ? (
      <span className="text-quiet text-xs">Sold out</span>
    ) : option.price === 0 ? null : (
      <span className="numerals text-quiet text-sm">+{formatMoney(option.price, currency)}</span>
    );

  function toggle(id: string, on: boolean) {
    const others = group.max === 1 ? [] : here.filter((each) => each !== id);
    onChange([...elsewhere, ...others, ...(on ? [id] : [])]);
  }

  return (
    <fieldset id={`group-${group.id}`}>
      <legend className="flex w-full items-center justify-between gap-3 border-line border-b pb-2">
        <span className="heading">{group.name}</span>
        <Badge tone={missing ? 'bad' : 'neutral'}>{rule(group)}</Badge>
      </legend>
      {group.min === 1 && group.max === 1 ? (
        <RadioGroup
          label={group.name}
          value={here[0] ?? null}
          onChange={(id) => onChange([...elsewhere, id])}
          choices={group.options.map((option) => ({
            value: option.id,
            label: option.name,
            aside: price(option),
            disabled: option.soldOut,
          }))}
          className="pt-1"
        />
      ) : (
        <div className="flex flex-col pt-1">
          {group.options.map((option) => {
            const on = here.includes(option.id);
            return (
              <Checkbox
                key={option.id}
                checked={on}
                disabled={option.soldOut || (!on && full && group.max > 1)}
                label={option.name}
                aside={price(option)}
                onChange={(next) => toggle(option.id, next)}
              />
            );
          })}
        </div>
      )}
    </fieldset>
  );
}
