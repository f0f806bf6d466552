'use client';

import { useTranslations } from 'next-intl';
import { useAction } from '@/components/shared/use-action';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';

type DriverZoneProps = { userId: string; work: { zoneId: string; online: boolean } };

/** Where a driver works; they move between shifts. */
export function DriverZone({ userId, work }: DriverZoneProps) {
  const t = useTranslations('people.work');
  const queries = trpc.useUtils();
  const { data: zones = [] } = trpc.zones.list.useQuery();
  const move = useAction(trpc.people.moveDriver.useMutation(), {
    onDone: () => {
      toast.success(t('moved'));
      void queries.people.get.invalidate();
    },
  });
  return (
    <Field label={t('zone')} hint={work.online ? t('online') : undefined} className="mt-6">
      {({ id }) => (
        <Select
          id={id}
          value={work.zoneId}
          disabled={work.online || move.pending}
          onChange={(zoneId) => move.run({ userId, zoneId })}
          items={zones.map((zone) => ({ value: zone.id, label: zone.name }))}
        />
      )}
    </Field>
  );
}
