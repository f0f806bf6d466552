'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Button, LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import type { Zone } from './zones-page';

/** What holds in a zone, and what can be done with it. */
export function ZoneCard({ zone, onEdit }: { zone: Zone; onEdit: () => void }) {
  const t = useTranslations('zones');
  const policies = useTranslations('dispatch.kind');
  const format = useFormat();
  const queries = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const { id, name, surcharge, currency, hours, drivers, restaurants, version } = zone;
  const retire = useAction(trpc.zones.retire.useMutation(), {
    onDone: () => {
      toast.success(t('retired', { name }));
      void queries.zones.invalidate();
    },
  });
  const fee = surcharge > 0 ? t('fee', { amount: format.money(surcharge, currency) }) : t('noFee');
  return (
    <li>
      <Card className="flex h-full flex-col gap-3 p-4 sm:p-5">
        <h2 className="text-lg">
          <bdi>{name}</bdi>
        </h2>
        <ul className="numerals flex flex-col gap-1 text-quiet text-sm">
          <li>{t('counts', { drivers, restaurants, open: zone.openDeliveries })}</li>
          <li>{format.list([fee, hours ? t('someHours') : t('always')])}</li>
        </ul>
        <div className="mt-auto flex flex-wrap gap-2 pt-1">
          <Button size="sm" aria-label={t('editName', { name })} onClick={onEdit}>
            {t('edit')}
          </Button>
          <LinkButton size="sm" href="/admin/dispatch">
            {t('policy', { policy: policies(`${zone.policy}.name`) })}
          </LinkButton>
          <Button
            size="sm"
            variant="danger-quiet"
            aria-label={t('retireName', { name })}
            onClick={() => setAsking(true)}
          >
            {t('retire')}
          </Button>
        </div>
      </Card>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('retireTitle', { name })}
        description={t('retireDetail')}
        confirmLabel={t('retire')}
        danger
        loading={retire.pending}
        onConfirm={() => {
          setAsking(false);
          retire.run({ zoneId: id, expectedVersion: version });
        }}
      />
    </li>
  );
}
