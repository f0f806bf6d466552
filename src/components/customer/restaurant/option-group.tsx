'use client';

import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioGroup } from '@/components/ui/radio-group';
import type { MenuOption, MenuOptionGroup } from '@/domain/menu';

type OptionGroupProps = {
  group: MenuOptionGroup;
  currency: string;
  /** Of all groups of the dish. */
  chosen: readonly string[];
  missing: boolean;
  onChange: (chosen: string[]) => void;
};

/** How many have to be and may be chosen, in words. */
function useRule(): (group: MenuOptionGroup) => string {
  const t = useTranslations('restaurant.options');
  return ({ min, max }) => {
    if (min === max) return t('exactly', { count: min });
    if (min === 0) return max === 1 ? t('optional') : t('upTo', { count: max });
    return t('between', { min, max });
  };
}

export function OptionGroup({ group, currency, chosen, missing, onChange }: OptionGroupProps) {
  const t = useTranslations('restaurant');
  const { money } = useFormat();
  const rule = useRule();
  const inGroup = new Set(group.options.map(({ id }) => id));
  const elsewhere = chosen.filter((id) => !inGroup.has(id));
  const here = chosen.filter((id) => inGroup.has(id));
  const full = here.length >= group.max;
  const single = group.min === 1 && group.max === 1;

  const price = (option: MenuOption) =>
    option.soldOut ? (
      <span className="text-quiet text-xs">{t('item.soldOut')}</span>
    ) : option.price === 0 ? null : (
      <span className="numerals text-quiet text-sm">
        {t('options.more', { price: money(option.price, currency) })}
      </span>
    );

  function toggle(id: string, on: boolean) {
    const others = group.max === 1 ? [] : here.filter((each) => each !== id);
    onChange([...elsewhere, ...others, ...(on ? [id] : [])]);
  }

  return (
    <fieldset id={`group-${group.id}`}>
      <legend className="flex w-full items-center justify-between gap-3 border-line border-b pb-2">
        <bdi className="heading">{group.name}</bdi>
        <span className="flex items-center gap-2">
          {!single && group.max > 1 && here.length > 0 && (
            <span className="numerals text-quiet text-xs">
              {t('options.chosen', { count: here.length, max: group.max })}
            </span>
          )}
          <Badge tone={missing ? 'bad' : 'neutral'}>{rule(group)}</Badge>
        </span>
      </legend>
      {single ? (
        <RadioGroup
          label={group.name}
          value={here[0] ?? null}
          onChange={(id) => onChange([...elsewhere, id])}
          choices={group.options.map((option) => ({
            value: option.id,
            label: <bdi>{option.name}</bdi>,
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
                label={<bdi>{option.name}</bdi>}
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
