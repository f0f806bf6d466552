'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { MapPin, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useSettled } from '@/components/shared/use-settled';
import { Input } from '@/components/ui/input';
import type { GeoPoint } from '@/domain/geo';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';

export type Door = { at: GeoPoint; address: string; note?: string };

const FEWEST_LETTERS = 2;

type DoorSearchProps = {
  order: OrderView['order'];
  onChoose: (door: Door) => void;
};

/** A door by what somebody types, or by what the order's customer has kept. */
export function DoorSearch({ order, onChoose }: DoorSearchProps) {
  const t = useTranslations('handsOn.address');
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim(), 180);
  const searching = typed.trim().length >= FEWEST_LETTERS;
  const found = trpc.addresses.search.useQuery(
    { q: query, near: order.dropoff },
    {
      enabled: query.length >= FEWEST_LETTERS,
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    },
  );
  const saved = trpc.admin.addressBook.useQuery({ orderId: order.id }, { staleTime: 60_000 });
  const doors: readonly Door[] = searching ? (found.data ?? []) : (saved.data ?? []);
  const settled = query === typed.trim() && !found.isFetching;
  const choose = (door: Door) => {
    setTyped('');
    onChoose(door);
  };
  return (
    <div>
      <div className="relative">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute start-3 top-3 size-5 text-faint"
        />
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          autoComplete="off"
          maxLength={120}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="ps-10"
        />
      </div>
      {doors.length > 0 && (
        <ul
          aria-label={searching ? t('found') : t('saved', { customer: order.customerName })}
          className="mt-1"
        >
          {doors.map((door) => (
            <li key={`${door.address} ${door.at.lat} ${door.at.lng}`}>
              <button
                type="button"
                onClick={() => choose(door)}
                className="flex min-h-11 w-full items-center gap-3 rounded-control px-3 py-1.5 text-start text-sm hover:bg-hover"
              >
                <MapPin aria-hidden="true" className="size-4 shrink-0 text-faint" />
                <bdi className="min-w-0">{door.address}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
      {searching && settled && doors.length === 0 && (
        <p role="status" className="px-3 py-3 text-quiet text-sm">
          {t(found.isError ? 'failed' : 'none')}
        </p>
      )}
    </div>
  );
}
