'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormError } from '@/components/customer/account/form-error';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { trpc } from '@/trpc/client';
import { type DetailsDraft, type DetailsField, detailsFrom } from './details-draft';
import { PlaceFields } from './place-fields';

const BLANK: DetailsDraft = {
  ...{ name: '', kind: 'restaurant', cuisine: '', description: '', address: '', phone: '' },
  location: { lat: 37.9, lng: -29.6 },
  ...{ minimumOrder: '0', deliveryFeeBase: '0', deliveryFeePerKm: '0', taxBp: '0' },
  ...{ prepMinutes: '20', slotMinutes: '15', slotCapacity: '0' },
  ...{ autoAccept: false, pickupOffered: true },
};
/** The amounts are none yet, which is the same in every currency. */
const ANY_CURRENCY = 'EUR';
const NONE: ReadonlySet<DetailsField> = new Set();

/** The first words about a restaurant; hours, menu and prices come after. */
export function NewRestaurant() {
  const t = useTranslations('desk.create');
  const router = useRouter();
  const [value, setValue] = useState(BLANK);
  const [wrong, setWrong] = useState(NONE);
  const create = useAction(trpc.restaurantDesk.create.useMutation(), {
    onDone: ({ restaurantId }) => router.push(`/admin/restaurants/${restaurantId}?part=hours`),
    onRefused: () => undefined,
  });
  return (
    <div className="mx-auto max-w-4xl px-4 pt-6 pb-20 sm:px-6">
      <Link
        href="/admin/restaurants"
        className="inline-flex min-h-11 items-center gap-1.5 text-quiet text-sm hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        {t('back')}
      </Link>
      <h1 className="mt-1 text-xl">{t('title')}</h1>
      <p className="mt-1 mb-6 max-w-xl text-pretty text-quiet text-sm">{t('detail')}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const read = detailsFrom(value, ANY_CURRENCY);
          if ('wrong' in read) setWrong(read.wrong);
          else create.run({ details: read.details });
        }}
      >
        <FormError
          message={create.refusal && `${create.refusal.message} ${create.refusal.hint ?? ''}`}
        />
        <PlaceFields
          value={value}
          wrong={wrong}
          onChange={(change) => {
            setWrong(NONE);
            create.clear();
            setValue((before) => ({ ...before, ...change }));
          }}
          hint={t('zone')}
        />
        <div className="mt-8 flex justify-end border-line border-t pt-4">
          <Button type="submit" variant="primary" loading={create.pending}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </div>
  );
}
