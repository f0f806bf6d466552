'use client';

import { CircleAlert, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { newKey } from '@/trpc/idempotency';
import type { GroupDraft, OptionDraft } from './dish-draft';

type GroupFieldsProps = {
  groups: GroupDraft[];
  currency: string;
  error?: string | undefined;
  onChange: (groups: GroupDraft[]) => void;
};

const blankOption = (): OptionDraft => ({ key: newKey(), name: '', price: '', soldOut: false });

const replaced = <T extends { key: string }>(all: T[], key: string, change: Partial<T>): T[] =>
  all.map((each) => (each.key === key ? { ...each, ...change } : each));
const without = <T extends { key: string }>(all: T[], key: string): T[] =>
  all.filter((each) => each.key !== key);

/** What can be chosen with a dish: groups of options and extras, how many of each. */
export function GroupFields({ groups, currency, error, onChange }: GroupFieldsProps) {
  const t = useTranslations('desk.groups');
  const set = (key: string, change: Partial<GroupDraft>) => onChange(replaced(groups, key, change));
  return (
    <fieldset>
      <legend className="font-medium text-sm">{t('title')}</legend>
      <p className="mt-1 text-faint text-xs">{t('detail')}</p>
      {groups.map((group) => (
        <GroupCard
          key={group.key}
          group={group}
          currency={currency}
          onChange={(change) => set(group.key, change)}
          onRemove={() => onChange(without(groups, group.key))}
        />
      ))}
      {error && (
        <p role="alert" className="mt-2 flex items-start gap-1.5 text-bad-ink text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {error}
        </p>
      )}
      <Button
        size="sm"
        className="mt-3"
        onClick={() =>
          onChange([
            ...groups,
            { key: newKey(), name: '', min: '0', max: '1', options: [blankOption()] },
          ])
        }
      >
        <Plus aria-hidden="true" />
        {t('addGroup')}
      </Button>
    </fieldset>
  );
}

type GroupCardProps = {
  group: GroupDraft;
  currency: string;
  onChange: (change: Partial<GroupDraft>) => void;
  onRemove: () => void;
};

function GroupCard({ group, currency, onChange, onRemove }: GroupCardProps) {
  const t = useTranslations('desk.groups');
  const { options } = group;
  const label = group.name || t('unnamed');
  const count = (field: 'min' | 'max') => (
    <span className="flex items-center gap-2 text-quiet text-sm">
      <span aria-hidden="true">{t(field)}</span>
      <Input
        aria-label={t(field)}
        dir="ltr"
        inputMode="numeric"
        value={group[field]}
        onChange={(event) => onChange({ [field]: event.target.value })}
        className="numerals w-14 text-sm"
      />
    </span>
  );
  return (
    <fieldset className="mt-3 rounded-control border border-line p-3">
      <legend className="sr-only">{label}</legend>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Input
          aria-label={t('name')}
          placeholder={t('namePlaceholder')}
          value={group.name}
          maxLength={80}
          onChange={(event) => onChange({ name: event.target.value })}
          className="min-w-36 flex-1 text-sm"
        />
        {count('min')}
        {count('max')}
        <Button
          variant="quiet"
          size="icon"
          aria-label={t('removeGroup', { name: label })}
          onClick={onRemove}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      </div>
      <ul className="mt-2 flex flex-col gap-2">
        {options.map((option) => (
          <li key={option.key} className="flex items-center gap-2">
            <Input
              aria-label={t('option', { group: label })}
              placeholder={t('optionPlaceholder')}
              value={option.name}
              maxLength={80}
              onChange={(event) =>
                onChange({ options: replaced(options, option.key, { name: event.target.value }) })
              }
              className="min-w-0 flex-1 text-sm"
            />
            <Input
              dir="ltr"
              inputMode="decimal"
              aria-label={t('price', { option: option.name, currency })}
              placeholder="+0"
              value={option.price}
              onChange={(event) =>
                onChange({ options: replaced(options, option.key, { price: event.target.value }) })
              }
              className="numerals w-20 text-sm"
            />
            <label className="flex min-h-11 items-center gap-1.5 text-quiet text-xs">
              <input
                type="checkbox"
                checked={option.soldOut}
                onChange={({ target }) =>
                  onChange({ options: replaced(options, option.key, { soldOut: target.checked }) })
                }
                className="size-4 accent-accent"
              />
              {t('soldOut')}
            </label>
            <Button
              variant="quiet"
              size="icon-sm"
              aria-label={t('removeOption', { name: option.name })}
              onClick={() => onChange({ options: without(options, option.key) })}
            >
              <Trash2 aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      <Button
        variant="quiet"
        size="sm"
        className="mt-1"
        onClick={() => onChange({ options: [...options, blankOption()] })}
      >
        <Plus aria-hidden="true" />
        {t('addOption')}
      </Button>
    </fieldset>
  );
}
