'use client';

import { UserPlus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Button, LinkButton } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { RestaurantImage } from '@/domain/restaurant';
import { trpc } from '@/trpc/client';
import { TieDialog } from './tie-dialog';

/** Who acts for a restaurant from a tablet, and the page that they see. */
export function StaffPanel({ restaurant }: { restaurant: RestaurantImage }) {
  const t = useTranslations('kitchen.staff');
  const utils = trpc.useUtils();
  const { id: restaurantId, slug } = restaurant;
  const staff = trpc.kitchen.staff.useQuery({ restaurantId });
  const [adding, setAdding] = useState(false);
  const untie = useAction(trpc.kitchen.untie.useMutation(), {
    onDone: ({ userId }) => {
      const name = staff.data?.find((each) => each.userId === userId)?.name ?? '';
      toast.success(t('untied', { name }));
      void utils.kitchen.staff.invalidate({ restaurantId });
    },
  });
  return (
    <section aria-labelledby={`staff-${slug}`} className="mt-4 mb-6 border-line border-b pb-5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 id={`staff-${slug}`} className="me-auto text-sm tracking-normal">
          {t('title')}
        </h3>
        <LinkButton href={`/kitchen/${slug}`} size="sm">
          {t('open')}
        </LinkButton>
        <Button size="sm" onClick={() => setAdding(true)}>
          <UserPlus aria-hidden="true" />
          {t('tie')}
        </Button>
      </div>
      {staff.isError && <p className="mt-2 text-bad-ink text-sm">{t('failed')}</p>}
      {staff.data?.length === 0 && <p className="mt-2 text-quiet text-sm">{t('none')}</p>}
      <ul className="mt-1 divide-y divide-line empty:hidden">
        {staff.data?.map(({ userId, name, email }) => (
          <li key={userId} className="flex min-h-12 items-center gap-3 text-sm">
            <span className="min-w-0 flex-1">
              <bdi className="block truncate font-medium">{name}</bdi>
              <bdi className="block truncate text-quiet text-xs">{email}</bdi>
            </span>
            <Button
              variant="quiet"
              size="icon-sm"
              loading={untie.pending}
              aria-label={t('untieName', { name })}
              onClick={() => untie.run({ restaurantId, userId })}
            >
              <X aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      <TieDialog restaurant={restaurant} open={adding} onOpenChange={setAdding} />
    </section>
  );
}
