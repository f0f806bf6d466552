'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LazyMap } from '@/components/shared/lazy-map';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { GeoPoint } from '@/domain/geo';
import { DEFAULT_STAND } from './demo-position';

type DemoPositionDialogProps = {
  at: GeoPoint | null;
  onStand: (at: GeoPoint) => void;
  onUseDevice: (() => void) | null;
};

/** A pin in the demo city, for people who are somewhere else. */
export function DemoPositionDialog({ at, onStand, onUseDevice }: DemoPositionDialogProps) {
  const t = useTranslations('driver.demo');
  const you = useTranslations('driver')('you');
  const [open, setOpen] = useState(false);
  const [pin, setPin] = useState(at ?? DEFAULT_STAND);
  const close = (act: () => void) => () => {
    act();
    setOpen(false);
  };
  return (
    <>
      <Button
        onClick={() => {
          setPin(at ?? DEFAULT_STAND);
          setOpen(true);
        }}
      >
        {t(at ? 'move' : 'use')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('title')}
        description={t('detail')}
        size="lg"
        footer={
          <>
            {onUseDevice && (
              <Button variant="quiet" onClick={close(onUseDevice)}>
                {t('own')}
              </Button>
            )}
            <Button variant="primary" onClick={close(() => onStand(pin))}>
              {t('stand')}
            </Button>
          </>
        }
      >
        <LazyMap
          className="h-[46dvh] overflow-hidden rounded-card"
          center={at ?? DEFAULT_STAND}
          zoom={14}
          markers={[{ id: 'pin', kind: 'pin', at: pin, label: you }]}
          pickable
          onPick={setPin}
          label={t('map')}
        />
      </Dialog>
    </>
  );
}
