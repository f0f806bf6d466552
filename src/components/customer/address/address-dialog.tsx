'use client';

import { LocateFixed, MapPin, Search } from 'lucide-react';
import { useState } from 'react';
import { LazyMap } from '@/components/shared/lazy-map';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { GeoPoint } from '@/domain/geo';
import type { Place } from './default-place';
import { findAddresses, nameOfPin, useKnownAddresses } from './known-addresses';

type AddressDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  value: Place;
  onConfirm: (place: Place) => void;
};

/** Search for a door or put the pin on it, then confirm. */
export function AddressDialog({ open, onOpenChange, value, onConfirm }: AddressDialogProps) {
  const [draft, setDraft] = useState<Place | null>(null);
  const [typed, setTyped] = useState('');
  const known = useKnownAddresses(open);
  const chosen = draft ?? value;
  const found = findAddresses(known.data ?? [], typed, value.at);

  function close() {
    setDraft(null);
    setTyped('');
    onOpenChange(false);
  }

  function choose(place: Place) {
    setDraft(place);
    setTyped('');
  }

  const putPin = (at: GeoPoint) => choose({ at, address: nameOfPin(known.data ?? [], at) });

  function locate() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => putPin({ lat: coords.latitude, lng: coords.longitude }),
      () =>
        toast.error('Your device did not tell where it is', {
          description: 'Search for the address, or put the pin on the map.',
        }),
      { timeout: 8_000, enableHighAccuracy: true },
    );
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Where to?"
      description="Search for the street, or put the pin on the right door."
      size="lg"
      footer={
        <Button
          variant="primary"
          size="lg"
          className="min-w-0 sm:max-w-full"
          onClick={() => {
            onConfirm(chosen);
            close();
          }}
        >
          <MapPin aria-hidden="true" />
          <span className="truncate">Deliver to {chosen.address}</span>
        </Button>
      }
    >
      <div className="flex gap-2">
        <div className="relative flex-1">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-3 left-3 size-5 text-faint"
          />
          <Input
            type="search"
            aria-label="Search for an address"
            placeholder="Street and number"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              const first = found[0];
              if (event.key === 'Enter' && first) choose(first);
            }}
            className="pl-10"
          />
        </div>
        <Button size="icon" aria-label="Use where I am" onClick={locate}>
          <LocateFixed aria-hidden="true" />
        </Button>
      </div>
      <div className="relative mt-3 h-[46dvh] max-h-105 overflow-hidden rounded-card border border-line">
        <LazyMap
          className="size-full"
          center={chosen.at}
          zoom={16}
          markers={[{ id: 'pin', kind: 'pin', at: chosen.at, label: chosen.address }]}
          pickable
          onPick={putPin}
          label="Map to put the pin on your door"
        />
        {typed.trim() !== '' && (
          <Results
            found={found}
            loading={known.isPending}
            failed={known.isError}
            onChoose={choose}
          />
        )}
      </div>
      <p aria-live="polite" className="mt-3 flex items-center gap-2 text-quiet text-sm">
        <MapPin aria-hidden="true" className="size-4 shrink-0 text-accent-ink" />
        The pin is at {chosen.address}
      </p>
    </Dialog>
  );
}

type ResultsProps = {
  found: readonly Place[];
  loading: boolean;
  failed: boolean;
  onChoose: (place: Place) => void;
};

function Results({ found, loading, failed, onChoose }: ResultsProps) {
  return (
    <div className="absolute inset-0 overflow-y-auto bg-raised p-1.5">
      <ul aria-label="Addresses found">
        {found.map((place) => (
          <li key={place.address}>
            <button
              type="button"
              onClick={() => onChoose(place)}
              className="flex min-h-12 w-full items-center gap-3 rounded-control px-3 text-left text-sm hover:bg-hover"
            >
              <MapPin aria-hidden="true" className="size-4 shrink-0 text-faint" />
              {place.address}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p role="status" className="px-3 py-4 text-quiet text-sm">
          {loading && 'Looking…'}
          {failed && 'The list of addresses did not load. Put the pin on the map instead.'}
          {!loading && !failed && 'No such address. Check the spelling, or put the pin on the map.'}
        </p>
      )}
    </div>
  );
}
