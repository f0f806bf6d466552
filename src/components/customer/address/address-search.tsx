'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { LocateFixed, MapPin, MapPinned, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from 'react';
import { useSettled } from '@/components/shared/use-settled';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import type { GeoPoint } from '@/domain/geo';
import type { SavedAddress } from '@/domain/saved-address';
import { trpc } from '@/trpc/client';
import type { Place } from './default-place';
import { SavedList } from './saved-list';
import type { useSavedAddresses } from './use-saved-addresses';

type AddressSearchProps = {
  field: RefObject<HTMLInputElement | null>;
  /** Not when the dialog opens: it has to see first where the focus comes from. */
  autoFocus: boolean;
  near: GeoPoint;
  saved: ReturnType<typeof useSavedAddresses>;
  onChoose: (place: Place) => void;
  onSaved: (address: SavedAddress) => void;
  onEdit: (address: SavedAddress) => void;
  onLocate: () => void;
  onPin: () => void;
};

const FEWEST_LETTERS = 2;
const NONE: Place[] = [];

/** What is typed, as a combobox over the doors that fit; without it what was kept. */
export function AddressSearch(props: AddressSearchProps) {
  const t = useTranslations('address');
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const query = useSettled(typed.trim(), 180);
  const searching = typed.trim().length >= FEWEST_LETTERS;
  const found = trpc.addresses.search.useQuery(
    { q: query, near: props.near },
    {
      enabled: query.length >= FEWEST_LETTERS,
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    },
  );
  const places = searching ? (found.data ?? NONE) : NONE;
  const current = Math.min(active, places.length - 1);

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = places[current];
    if (step && places.length > 0) {
      event.preventDefault();
      setActive((current + step + places.length) % places.length);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      props.onChoose(chosen);
    }
  }

  const settled = query === typed.trim() && !found.isFetching;
  return (
    <div className="min-h-80">
      <div className="relative">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute start-3 top-3.5 size-5 text-faint"
        />
        <Input
          ref={props.field}
          type="search"
          role="combobox"
          aria-label={t('search')}
          aria-autocomplete="list"
          aria-expanded={places.length > 0}
          aria-controls={listId}
          aria-activedescendant={places.length > 0 ? `${listId}-${current}` : undefined}
          placeholder={t('placeholder')}
          autoComplete="off"
          autoFocus={props.autoFocus}
          maxLength={120}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 ps-10"
        />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={t('found')}
        className={cn('mt-2', places.length === 0 && 'hidden')}
      >
        {places.map((place, index) => (
          // Arrow keys move between the options and Enter takes one: the focus stays in the field.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
          <div
            key={`${place.address} ${place.at.lat} ${place.at.lng}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === current}
            tabIndex={-1}
            onClick={() => props.onChoose(place)}
            onPointerMove={() => setActive(index)}
            className={cn(rowStyle, 'cursor-pointer', index === current && 'bg-hover')}
          >
            <MapPin aria-hidden="true" className="size-5 shrink-0 text-faint" />
            <bdi>{place.address}</bdi>
          </div>
        ))}
      </div>
      {searching && places.length === 0 && (
        <p role="status" className="px-3 py-5 text-quiet text-sm">
          {found.isError ? t('searchFailed') : settled ? t('noneFound') : t('looking')}
        </p>
      )}
      {!searching && (
        <>
          <div className="mt-2 flex flex-col">
            <Row icon={<LocateFixed />} onClick={props.onLocate}>
              {t('locate')}
            </Row>
            <Row icon={<MapPinned />} onClick={props.onPin}>
              {t('pin')}
            </Row>
          </div>
          <SavedList saved={props.saved} onChoose={props.onSaved} onEdit={props.onEdit} />
        </>
      )}
    </div>
  );
}

const rowStyle =
  'flex min-h-12 w-full items-center gap-3 rounded-control px-3 py-2 text-start text-sm hover:bg-hover';

type RowProps = { icon: ReactNode; onClick: () => void; children: ReactNode };

const Row = ({ icon, onClick, children }: RowProps) => (
  <button
    type="button"
    onClick={onClick}
    className={cn(rowStyle, 'font-medium [&_svg]:size-5 [&_svg]:text-accent-ink')}
  >
    <span aria-hidden="true">{icon}</span>
    {children}
  </button>
);
