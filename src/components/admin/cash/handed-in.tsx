import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { Money } from '@/components/shared/money';
import { useFormat } from '@/components/shared/use-format';
import type { CashHandin } from '@/domain/cash';

/** What was handed in lately, and who counted it. */
export function HandedIn({ handins }: { handins: readonly CashHandin[] }) {
  const t = useTranslations('admin.cash');
  const format = useFormat();
  const now = useNow(60);
  return (
    <section aria-labelledby="handed-in" className="mt-10">
      <h2 id="handed-in" className="text-base">
        {t('lately')}
      </h2>
      <ul className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
        {handins.map(({ id, driverName, adminName, currency, amount, orders, at }) => (
          <li key={id} className="flex items-center gap-5 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p dir="auto" className="truncate font-medium text-sm">
                {driverName}
              </p>
              <p className="numerals text-quiet text-sm" suppressHydrationWarning>
                {t('counted', { name: adminName, time: format.moment(at, now), count: orders })}
              </p>
            </div>
            <Money amount={amount} currency={currency} />
          </li>
        ))}
      </ul>
    </section>
  );
}
