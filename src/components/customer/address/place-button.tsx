'use client';

import { ChevronDown, MapPin } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AddressDialog } from './address-dialog';
import { place } from './place';

/** Says where to, and opens the dialog that changes it. */
export function PlaceButton() {
  const t = useTranslations('discover');
  const value = place.use();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="group -ms-2 flex min-h-11 max-w-full items-center gap-2 rounded-control px-2 text-start transition-colors hover:bg-hover"
      >
        <MapPin aria-hidden="true" className="size-5 shrink-0 text-accent-ink" />
        <span className="flex min-w-0 gap-1.5">
          <span className="shrink-0 text-quiet">{t('deliverTo')}</span>
          <bdi className="truncate font-medium">{value.address}</bdi>
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-quiet" />
      </button>
      <AddressDialog open={open} onOpenChange={setOpen} value={value} onConfirm={place.set} />
    </>
  );
}
