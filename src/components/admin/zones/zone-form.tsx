'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormError } from '@/components/customer/account/form-error';
import { PolygonEditor } from '@/components/shared/map/polygon-editor';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import { toast } from '@/components/ui/toast';
import { minorUnits, typedAmount } from '@/domain/money';
import { type Ring, ringProblem } from '@/domain/ring';
import { trpc } from '@/trpc/client';
import { HoursFields, type ZoneHours } from './hours-fields';
import type { Zone } from './zones-page';

type ZoneFormProps = { zone: Zone | null; zones: readonly Zone[]; onClose: () => void };

/** Draws a new zone, or changes one; what others change meanwhile is not overwritten. */
export function ZoneForm({ zone, zones, onClose }: ZoneFormProps) {
  const t = useTranslations('zones');
  const queries = trpc.useUtils();
  const [home] = zones;
  const [name, setName] = useState(zone?.name ?? '');
  const [ring, setRing] = useState<Ring>(zone?.ring ?? []);
  const [hours, setHours] = useState<ZoneHours>(zone?.hours ?? null);
  const [timeZone, setTimeZone] = useState(home?.timeZone ?? deviceTimeZone());
  const [currency, setCurrency] = useState(zone?.currency ?? home?.currency ?? 'EUR');
  const [fee, setFee] = useState(typedAmount(zone?.surcharge ?? 0, currency));
  const [taxIncluded, setTaxIncluded] = useState(zone?.taxIncluded ?? true);
  const surcharge = minorUnits(fee, currency);
  const done = {
    onDone: ({ overlaps }: { overlaps: string[] }) => {
      const description = overlaps.length > 0 ? t('overlaps', { names: overlaps.join(', ') }) : '';
      toast.success(t('form.saved', { name: name.trim() }), { description });
      void queries.zones.invalidate();
      onClose();
    },
    onRefused: () => undefined,
  };
  const draw = useAction(trpc.zones.draw.useMutation(), done);
  const change = useAction(trpc.zones.change.useMutation(), done);
  const { refusal } = zone ? change : draw;
  const submit = () => {
    if (surcharge === null) return;
    const corners = ring.map(([lng, lat]): [number, number] => [lng, lat]);
    const terms = { name: name.trim(), ring: corners, hours, surcharge, taxIncluded };
    if (zone) change.run({ ...terms, zoneId: zone.id, expectedVersion: zone.version });
    else draw.run({ ...terms, timeZone: timeZone.trim(), currency: currency.trim() });
  };
  const others = zones.filter(({ id }) => id !== zone?.id);
  const around = zones.flatMap((each) => each.ring.map(([lng, lat]) => ({ lng, lat })));
  return (
    <form
      noValidate
      aria-labelledby="zone-form-title"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      className="mt-6 flex flex-col gap-5 rounded-card border border-line bg-raised p-4 sm:p-6"
    >
      <h2 id="zone-form-title" className="text-lg">
        {zone ? t('form.edit', { name: zone.name }) : t('form.new')}
      </h2>
      <PolygonEditor
        value={ring}
        onChange={setRing}
        others={others.map((each) => ({ id: each.id, label: each.name, ring: each.ring }))}
        around={around}
        label={t('form.area')}
      />
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        <Field label={t('form.name')}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field
          label={t('form.surcharge')}
          aside={currency}
          error={surcharge === null ? t('form.amountWrong') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              dir="ltr"
              inputMode="decimal"
              value={fee}
              onChange={(event) => setFee(event.target.value)}
              className="numerals"
            />
          )}
        </Field>
        {!zone && (
          <>
            <Field label={t('form.timeZone')}>
              {(control) => (
                <Input
                  {...control}
                  dir="ltr"
                  value={timeZone}
                  onChange={(event) => setTimeZone(event.target.value)}
                />
              )}
            </Field>
            <Field label={t('form.currency')}>
              {(control) => (
                <Input
                  {...control}
                  dir="ltr"
                  maxLength={3}
                  value={currency}
                  onChange={(event) => setCurrency(event.target.value.toUpperCase())}
                />
              )}
            </Field>
          </>
        )}
      </div>
      <div>
        <Switch checked={taxIncluded} onChange={setTaxIncluded} label={t('form.taxIncluded')} />
        <HoursFields hours={hours} onChange={setHours} />
      </div>
      <FormError
        message={refusal && [refusal.fields[0]?.message ?? refusal.message, refusal.hint].join(' ')}
      />
      <div className="flex flex-wrap justify-end gap-3 border-line border-t pt-4">
        <Button variant="quiet" onClick={onClose}>
          {t('form.cancel')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          loading={draw.pending || change.pending}
          disabled={name.trim() === '' || surcharge === null || ringProblem(ring) !== null}
        >
          {t('form.save')}
        </Button>
      </div>
    </form>
  );
}

const deviceTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
