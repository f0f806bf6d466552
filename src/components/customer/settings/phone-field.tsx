'use client';

import { useTranslations } from 'next-intl';
import { PhoneForm } from '@/components/shared/phone-form';
import { Card } from '@/components/ui/card';

/** Where the courier may call, while an order is on its way. */
export function PhoneField({ initial }: { initial: string | null }) {
  const t = useTranslations('notices.phone');
  return (
    <section aria-labelledby="phone-title" className="mt-10">
      <h2 id="phone-title" className="text-lg">
        {t('title')}
      </h2>
      <Card className="mt-4 p-4">
        <PhoneForm initial={initial} detail={t('detail')} />
      </Card>
    </section>
  );
}
