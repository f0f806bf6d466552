'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Place } from '@/components/customer/address/default-place';
import { Rating, useClosedWords } from '@/components/customer/restaurant-words';
import { Cover } from '@/components/shared/cover';
import { LazyMap } from '@/components/shared/lazy-map';
import { windowWords } from '@/components/shared/time-words';
import { Button } from '@/components/ui/button';
import { formatMoney } from '@/domain/money';
import type { NearbyRestaurant } from '@/domain/restaurant';

type RestaurantMapProps = { entries: readonly NearbyRestaurant[]; where: Place; now: Date };

/** The twin of the list. */
export function RestaurantMap({ entries, where, now }: RestaurantMapProps) {
  const closedWords = useClosedWords();
  const [selected, setSelected] = useState<string | null>(null);
  const entry = entries.find(({ restaurant }) => restaurant.id === selected);
  return (
    <div className="relative size-full">
      <LazyMap
        className="size-full"
        center={where.at}
        zoom={14.2}
        label="Map of the restaurants around your address"
        markers={[
          ...entries.map(({ restaurant, open }) => ({
            id: restaurant.id,
            kind: 'restaurant' as const,
            at: restaurant.location,
            label: open ? restaurant.name : `${restaurant.name}, closed`,
            muted: !open,
            onSelect: () => setSelected(restaurant.id),
          })),
          { id: 'door', kind: 'door' as const, at: where.at, label: `Your door: ${where.address}` },
        ]}
      />
      {entry && (
        <div className="absolute inset-x-3 bottom-24 mx-auto flex max-w-sm animate-rise items-center gap-3 rounded-card bg-raised p-2.5 shadow-float lg:bottom-4">
          <Cover
            name={entry.restaurant.name}
            cuisine={entry.restaurant.cuisine}
            seed={entry.restaurant.id}
            className="size-16 shrink-0 rounded-control"
          />
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline gap-2">
              <Link
                href={`/r/${entry.restaurant.slug}`}
                className="heading truncate after:absolute after:inset-0"
              >
                {entry.restaurant.name}
              </Link>
              <Rating restaurant={entry.restaurant} />
            </div>
            <p className="numerals mt-0.5 text-quiet text-sm">
              {entry.open
                ? `${windowWords(entry.etaMinutes)} · ${formatMoney(entry.deliveryFee, entry.restaurant.currency)} delivery`
                : closedWords({
                    opensAt: entry.opensAt,
                    now,
                    timeZone: entry.restaurant.timeZone,
                  })}
            </p>
          </div>
          <Button
            variant="quiet"
            size="icon"
            aria-label="Close the preview"
            onClick={() => setSelected(null)}
            className="relative z-10"
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      )}
    </div>
  );
}
