'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useFormat } from '@/components/shared/use-format';
import { Button, LinkButton } from '@/components/ui/button';
import type { Viewer } from '@/domain/roles';
import type { CheckoutState } from './use-checkout';

const BACK = '?next=%2Fcheckout';

/** Guests are sent to sign in and come back with their cart; one press orders once. */
export function OrderButton({
  viewer,
  checkout,
}: {
  viewer: Viewer | null;
  checkout: CheckoutState;
}) {
  const t = useTranslations('checkout.order');
  const { money } = useFormat();
  const { quote, settled, problems, ordering, unsure, needsCard, needsSlot, unconfirmed } =
    checkout;
  if (viewer?.role !== 'customer') {
    return (
      <>
        <LinkButton href={`/sign-in${BACK}`} variant="primary" size="thumb" full>
          {t('signIn')}
        </LinkButton>
        <p className="mt-2 text-center text-quiet text-xs">
          {viewer
            ? t('otherRole', { role: viewer.role })
            : t.rich('newHere', {
                link: (words) => (
                  <Link
                    href={`/sign-up${BACK}`}
                    className="font-medium text-accent-ink underline underline-offset-4"
                  >
                    {words}
                  </Link>
                ),
              })}
        </p>
      </>
    );
  }
  const missing = unconfirmed
    ? 'confirmPrices'
    : needsSlot
      ? 'chooseTime'
      : needsCard
        ? 'enterCard'
        : null;
  const blocked = problems.some(
    ({ reason }) => !reason.startsWith('promo_') && reason !== 'offline',
  );
  const ready = quote !== null && settled && !blocked && missing === null;
  return (
    <>
      <Button
        variant="primary"
        size="thumb"
        full
        loading={ordering}
        disabled={!(ready || unsure || ordering)}
        onClick={checkout.order}
      >
        {unsure ? t('again') : t('place')}
        {quote && <span className="numerals">· {money(quote.total, quote.currency)}</span>}
      </Button>
      {unsure && <p className="mt-2 text-center text-quiet text-xs">{t('unsure')}</p>}
      {missing && !blocked && !unsure && (
        <p className="mt-2 text-center text-quiet text-xs">{t(missing)}</p>
      )}
    </>
  );
}
