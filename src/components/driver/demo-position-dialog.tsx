'use client';

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
        {at ? 'Move the pin' : 'Use a demo position'}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Where do you want to be?"
        description="You stand at this pin in the demo city. With a delivery on, it rides by itself."
        size="lg"
        footer={
          <>
            {onUseDevice && (
              <Button variant="quiet" onClick={close(onUseDevice)}>
                Use my own position
              </Button>
            )}
            <Button variant="primary" onClick={close(() => onStand(pin))}>
              Stand here
            </Button>
          </>
        }
      >
        <LazyMap
          className="h-[46dvh] overflow-hidden rounded-card"
          center={at ?? DEFAULT_STAND}
          zoom={14}
          markers={[{ id: 'pin', kind: 'pin', at: pin, label: 'You' }]}
          pickable
          onPick={setPin}
          label="Map: choose where you are"
        />
      </Dialog>
    </>
  );
}
