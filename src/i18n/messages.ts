import 'server-only';
import type { AbstractIntlMessages } from 'next-intl';
import type { Area, Texts } from './areas';
import type { Locale } from './locales';

async function loadArea(locale: Locale, area: Area): Promise<AbstractIntlMessages> {
  const file: { default: AbstractIntlMessages } = await import(`@/messages/${locale}/${area}.json`);
  return file.default;
}

/** The areas that are named, each with the keys of it that are wanted, or null for all of them. */
function keysByArea(texts: readonly Texts[]): Map<Area, string[] | null> {
  const wanted = new Map<Area, string[] | null>();
  for (const each of texts) {
    const [area, key] = each.split('.') as [Area, string | undefined];
    const keys = wanted.get(area);
    wanted.set(area, key && keys !== null ? [...(keys ?? []), key] : null);
  }
  return wanted;
}

/** These texts, compiled by the build. */
export async function loadMessages(
  locale: Locale,
  texts: readonly Texts[],
): Promise<AbstractIntlMessages> {
  const areas = [...keysByArea(texts)].map(
    async ([area, keys]): Promise<[Area, AbstractIntlMessages]> => {
      const all = await loadArea(locale, area);
      if (!keys) return [area, all];
      return [area, Object.fromEntries(Object.entries(all).filter(([key]) => keys.includes(key)))];
    },
  );
  return Object.fromEntries(await Promise.all(areas));
}
