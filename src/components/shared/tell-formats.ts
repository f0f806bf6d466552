import 'server-only';
import { moneyPattern } from '@/domain/money-pattern';
import { decimalSign } from '@/domain/tenths';
import { zoneOffset } from '@/domain/wall-clock';
import { LOCALES } from '@/i18n/locales';
import { readLocale } from '@/i18n/read-locale';
import type { ToldFormats } from './told-formats';

type Subject = { currency: string; timeZone: string };

/** What the page of a restaurant or an order, or of places like this one, would ask formatters for. */
export async function tellFormats(of: Subject | undefined): Promise<ToldFormats> {
  const { tag } = LOCALES[await readLocale()];
  return {
    zone: of ? zoneOffset(of.timeZone, new Date()) : null,
    money: of ? moneyPattern(of.currency, tag) : null,
    decimal: decimalSign(tag),
  };
}
