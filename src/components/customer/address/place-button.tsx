'use client';

import { ChevronDown, MapPin } from 'lucide-react';
import { useState } from 'react';
import { AddressDialog } from './address-dialog';
import { place } from './place';

/** Says where to, and opens the dialog that changes it. */
export function PlaceButton() {
  const value = place.use();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="group -ml-2 flex min-h-11 max-w-full items-center gap-2 rounded-control px-2 text-left transition-colors hover:bg-hover"
      >
        <MapPin aria-hidden="true" className="size-5 shrink-0 text-accent-ink" />
        <span className="min-w-0 truncate">
          <span className="text-quiet">Deliver to </span>
          <span className="font-medium">{value.address}</span>
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-quiet" />
      </button>
      <AddressDialog open={open} onOpenChange={setOpen} value={value} onConfirm={place.set} />
    </>
  );
}
