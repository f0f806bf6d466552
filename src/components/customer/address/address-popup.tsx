'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';
import type { GeoPoint } from '@/domain/geo';
import type { SavedAddress } from '@/domain/saved-address';
import { withTexts } from '@/i18n/later-texts';
import { AddressConfirm } from './address-confirm';
import { AddressSearch } from './address-search';
import type { Place } from './default-place';
import { useSavedAddresses } from './use-saved-addresses';

type AddressPopupProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  value: Place;
  onConfirm: (place: Place) => void;
};

/** Before the map: looking for it. On the map: a place, and the kept address that is being changed. */
type Step = { on: 'search' } | { on: 'map'; place: Place; editing: SavedAddress | null };
const SEARCH: Step = { on: 'search' };

export default withTexts(['address'], AddressPopup);

function AddressPopup({ open, onOpenChange, value, onConfirm }: AddressPopupProps) {
  const t = useTranslations('address');
  const [step, setStep] = useState<Step>(SEARCH);
  const [returned, setReturned] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const saved = useSavedAddresses();

  function close() {
    onOpenChange(false);
    setStep(SEARCH);
    setReturned(false);
  }

  const toMap = (place: Place, editing: SavedAddress | null = null) =>
    setStep({ on: 'map', place, editing });

  function locate() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => putPin({ lat: coords.latitude, lng: coords.longitude }),
      () => toast.error(t('locateFailed'), { description: t('locateFailedHint') }),
      { timeout: 8_000, enableHighAccuracy: true },
    );
  }

  const putPin = (at: GeoPoint) => toMap({ at, address: '' });

  function takeSaved({ id, at, address, note }: SavedAddress) {
    saved.touch(id);
    onConfirm({ at, address, ...(note ? { note } : {}) });
    close();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={t(step.on === 'search' ? 'title' : 'confirmTitle')}
      description={t(step.on === 'search' ? 'hint' : 'confirmHint')}
      size="lg"
      initialFocus={field}
    >
      {step.on === 'search' ? (
        <AddressSearch
          field={field}
          autoFocus={returned}
          near={value.at}
          saved={saved}
          onChoose={(place) => toMap(place)}
          onSaved={takeSaved}
          onEdit={(address) => toMap(address, address)}
          onLocate={locate}
          onPin={() => toMap(value)}
        />
      ) : (
        <AddressConfirm
          start={step.place}
          editing={step.editing}
          labels={saved.addresses.map(({ label }) => label)}
          onBack={() => {
            setReturned(true);
            setStep(SEARCH);
          }}
          onKeep={saved.keep}
          onConfirm={(place) => {
            onConfirm(place);
            close();
          }}
        />
      )}
    </Dialog>
  );
}
