'use client';

import { ArrowLeft, MapPin } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { LazyMap } from '@/components/shared/lazy-map';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { GeoPoint } from '@/domain/geo';
import { ADDRESS_LABELS, type SavedAddress } from '@/domain/saved-address';
import { trpc } from '@/trpc/client';
import { isKnownLabel, labelIcon, useLabelWords } from './address-words';
import type { Place } from './default-place';

type AddressConfirmProps = {
  start: Place;
  /** The kept address that is being changed. */
  editing: SavedAddress | null;
  labels: readonly string[];
  onBack: () => void;
  onKeep: (draft: Omit<SavedAddress, 'id'> & { id?: string }) => void;
  onConfirm: (place: Place) => void;
};

/** Not kept, one of the labels that everybody has, or one of their own. */
type Keeping = 'not' | (typeof ADDRESS_LABELS)[number] | 'other';

const keepingOf = (editing: SavedAddress | null): Keeping =>
  editing ? (isKnownLabel(editing.label) ? editing.label : 'other') : 'not';

/** The pin on the map, what is said to the driver, and whether the address is kept. */
export function AddressConfirm({
  start,
  editing,
  labels,
  onBack,
  onKeep,
  onConfirm,
}: AddressConfirmProps) {
  const t = useTranslations('address');
  const labelWords = useLabelWords();
  const [at, setAt] = useState(start.at);
  const [note, setNote] = useState(start.note ?? '');
  const [keeping, setKeeping] = useState(keepingOf(editing));
  const [ownLabel, setOwnLabel] = useState(
    editing && !isKnownLabel(editing.label) ? editing.label : '',
  );
  const moved = at !== start.at || start.address === '';
  const deliver = useRef<HTMLButtonElement>(null);
  // What was focused before is gone with the step before.
  useEffect(() => deliver.current?.focus({ preventScroll: true }), []);
  const named = trpc.addresses.reverse.useQuery(at, { enabled: moved, staleTime: 600_000 });
  const address = moved ? wordsOf(named.data, at) : start.address;
  const waiting = moved && named.isPending;

  function wordsOf(data: typeof named.data, point: GeoPoint): string {
    if (named.isPending) return t('naming');
    if (!data) return `${point.lat.toFixed(5)}, ${point.lng.toFixed(5)}`;
    return data.atTheDoor ? data.address : t('nearAddress', { address: data.address });
  }

  function confirm() {
    const label = keeping === 'other' ? ownLabel.trim() : keeping;
    const said = note.trim();
    if (keeping !== 'not' && label !== '') {
      onKeep({ label, address, note: said, at, ...(editing ? { id: editing.id } : {}) });
    }
    onConfirm({ at, address, ...(said ? { note: said } : {}) });
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="relative h-[28dvh] min-h-44 overflow-hidden rounded-card border border-line sm:h-80">
        <LazyMap
          className="size-full"
          center={at}
          zoom={16.5}
          markers={[{ id: 'pin', kind: 'pin', at, label: address }]}
          pickable
          onPick={setAt}
          label={t('map')}
        />
      </div>
      <p aria-live="polite" className="flex items-start gap-2.5">
        <MapPin aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent-ink" />
        <span>
          <bdi className="block font-medium">{address}</bdi>
          <span className="block text-quiet text-sm">{t('drag')}</span>
        </span>
      </p>
      <Field label={t('note')} aside={t('optional')}>
        {(control) => (
          <Input
            {...control}
            maxLength={300}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            placeholder={t('notePlaceholder')}
          />
        )}
      </Field>
      <fieldset>
        <legend className="font-medium text-sm">{t('keepAs')}</legend>
        <div className="mt-2 flex flex-wrap gap-2">
          {!editing && (
            <LabelChip chosen={keeping === 'not'} onChoose={() => setKeeping('not')}>
              {t('keepNot')}
            </LabelChip>
          )}
          {[...ADDRESS_LABELS, 'other' as const].map((label) => {
            const Icon = labelIcon(label);
            return (
              <LabelChip key={label} chosen={keeping === label} onChoose={() => setKeeping(label)}>
                <Icon aria-hidden="true" className="size-4" />
                {label === 'other' ? t('keepOther') : labelWords(label)}
              </LabelChip>
            );
          })}
        </div>
        {keeping === 'other' && (
          <Input
            aria-label={t('ownLabel')}
            placeholder={t('ownLabelPlaceholder')}
            maxLength={40}
            value={ownLabel}
            onChange={(event) => setOwnLabel(event.target.value)}
            className="mt-2"
          />
        )}
        {isKnownLabel(keeping) && labels.includes(keeping) && editing?.label !== keeping && (
          <p className="mt-2 text-quiet text-sm">{t('replaces', { label: labelWords(keeping) })}</p>
        )}
      </fieldset>
      <div className="flex flex-col-reverse gap-2 border-line border-t pt-4 sm:flex-row sm:justify-between">
        <Button size="lg" onClick={onBack}>
          <ArrowLeft aria-hidden="true" className="rtl:-scale-x-100" />
          {t('back')}
        </Button>
        <Button
          ref={deliver}
          variant="primary"
          size="lg"
          loading={waiting}
          disabled={keeping === 'other' && ownLabel.trim() === ''}
          onClick={confirm}
        >
          {t(editing ? 'saveAndDeliver' : 'deliverHere')}
        </Button>
      </div>
    </div>
  );
}

type LabelChipProps = { chosen: boolean; onChoose: () => void; children: ReactNode };

const LabelChip = ({ chosen, onChoose, children }: LabelChipProps) => (
  <button
    type="button"
    aria-pressed={chosen}
    onClick={onChoose}
    className={cn(
      'flex h-11 items-center gap-2 rounded-full border px-4 font-medium text-sm transition-colors',
      chosen
        ? 'border-ink bg-ink text-page'
        : 'border-line bg-raised hover:border-edge hover:bg-hover',
    )}
  >
    {children}
  </button>
);
