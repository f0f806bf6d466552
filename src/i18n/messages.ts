import 'server-only';
import type { AbstractIntlMessages } from 'next-intl';
import type { Area } from './areas';
import type { Locale } from './locales';

/** The texts of these areas, compiled by the build. */
export async function loadMessages(
  locale: Locale,
  areas: readonly Area[],
): Promise<AbstractIntlMessages> {
  const entries = areas.map(async (area): Promise<[Area, AbstractIntlMessages]> => {
    const file: { default: AbstractIntlMessages } = await import(
      `@/messages/${locale}/${area}.json`
    );
    return [area, file.default];
  });
  return Object.fromEntries(await Promise.all(entries));
}
