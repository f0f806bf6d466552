'use client';

import { MapPin } from 'lucide-react';
import { useState } from 'react';
import { AddressDialog } from '@/components/customer/address/address-dialog';
import type { Place } from '@/components/customer/address/default-place';
import { place } from '@/components/customer/address/place';
import { LazyMap } from '@/components/shared/lazy-map';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Section } from './section';

type AddressSectionProps = { where: Place; note: string; onNote: (note: string) => void };

export function AddressSection({ where, note, onNote }: AddressSectionProps) {
  const [open, setOpen] = useState(false);
  return (
    <Section title="Where to">
      <Card className="overflow-hidden">
        <div className="h-36 border-line border-b sm:h-44">
          <LazyMap
            className="size-full"
            center={where.at}
            zoom={16.2}
            interactive={false}
            markers={[{ id: 'door', kind: 'door', at: where.at, label: where.address }]}
            label={`Map with your door at ${where.address}`}
          />
        </div>
        <div className="flex items-center gap-3 px-4 py-3">
          <MapPin aria-hidden="true" className="size-5 shrink-0 text-accent-ink" />
          <p className="min-w-0 flex-1 font-medium text-sm">{where.address}</p>
          <Button size="sm" onClick={() => setOpen(true)} aria-label="Change the address">
            Change
          </Button>
        </div>
        <div className="px-4 pb-4">
          <Field label="Note for the driver" aside="optional">
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={280}
                value={note}
                onChange={(event) => onNote(event.target.value)}
                placeholder="Second floor, the bell says Silva"
              />
            )}
          </Field>
        </div>
      </Card>
      <AddressDialog open={open} onOpenChange={setOpen} value={where} onConfirm={place.set} />
    </Section>
  );
}
