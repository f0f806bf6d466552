import { and, eq, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from '@/db/client';
import { settings } from '@/db/schema';
import { wholeRows } from '@/db/whole-rows';
import { type SettingSection, type Settings, settingOf } from '@/domain/settings';

export type StoredSetting<Section extends SettingSection> = {
  value: Settings[Section];
  version: number;
};

export async function findSetting<Section extends SettingSection>(
  db: Queryable,
  section: Section,
): Promise<StoredSetting<Section>> {
  const [row] = await wholeRows(db, settings, sql`WHERE section = ${section}`);
  return { value: settingOf(section, row?.document), version: row?.version ?? 1 };
}

/** What holds now in this section. */
export const readSetting = async <Section extends SettingSection>(
  db: Queryable,
  section: Section,
): Promise<Settings[Section]> => (await findSetting(db, section)).value;

/** Compare-and-set: the new version, or null when somebody has changed it since `expected`. */
export async function writeSetting(
  tx: Transaction,
  section: SettingSection,
  expected: number,
  document: Readonly<Record<string, unknown>>,
): Promise<number | null> {
  const [row] = await tx
    .update(settings)
    .set({ document })
    .where(and(eq(settings.section, section), eq(settings.version, expected)))
    .returning({ version: settings.version });
  return row?.version ?? null;
}
