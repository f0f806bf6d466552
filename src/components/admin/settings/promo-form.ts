'use client';

import { useState } from 'react';
import { minorUnits, typedAmount } from '@/domain/money';
import type { PromoKind } from '@/domain/promo';
import type { Promo } from './promos';

/** What stands in the fields. */
export type TypedPromo = {
  code: string;
  kind: PromoKind;
  value: string;
  currency: string;
  maximum: string;
  minimum: string;
  /** As `datetime-local` has it, on the clock of the device. */
  startsAt: string;
  endsAt: string;
  perPerson: string;
  total: string;
  /** Empty: everywhere. */
  restaurantId: string;
};

const twoDigits = (figure: number): string => `${figure}`.padStart(2, '0');

function localMoment(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  const day = [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())].join('-');
  return `${day}T${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`;
}

export function useTypedPromo(promo: Promo | null, currencies: readonly string[]) {
  const currency = promo?.currency ?? currencies[0] ?? 'EUR';
  const [typed, setTyped] = useState<TypedPromo>({
    ...{ code: promo?.code ?? '', kind: promo?.kind ?? 'percent', value: '', currency },
    maximum: '',
    minimum: promo?.minimumSubtotal ? typedAmount(promo.minimumSubtotal, currency) : '',
    startsAt: localMoment(promo?.startsAt ?? null),
    endsAt: localMoment(promo?.endsAt ?? null),
    perPerson: `${promo?.limitPerPerson ?? ''}`,
    total: `${promo?.limitTotal ?? ''}`,
    restaurantId: promo?.restaurantId ?? '',
  });
  return {
    typed,
    set: (change: Partial<TypedPromo>) => setTyped((before) => ({ ...before, ...change })),
  };
}

const limitOf = (text: string): number | null | undefined => {
  if (text.trim() === '') return null;
  const figure = Number(text.trim());
  return Number.isInteger(figure) && figure > 0 ? figure : undefined;
};

const momentOf = (text: string): string | null =>
  text === '' ? null : new Date(text).toISOString();

/** The limits that the fields make, or null where one is no number. */
export function limitsOf({ minimum, currency, startsAt, endsAt, perPerson, total }: TypedPromo) {
  const minimumSubtotal = minimum.trim() === '' ? 0 : minorUnits(minimum, currency);
  const [limitPerPerson, limitTotal] = [limitOf(perPerson), limitOf(total)];
  if (minimumSubtotal === null || limitPerPerson === undefined || limitTotal === undefined) {
    return null;
  }
  const times = { startsAt: momentOf(startsAt), endsAt: momentOf(endsAt) };
  return { minimumSubtotal, limitPerPerson, limitTotal, ...times };
}
