import { z } from 'zod';
import { findSetting, writeSetting } from '@/db/queries/settings';
import { conflict, invalid } from '@/domain/errors';
import {
  SETTING_SECTIONS,
  type SettingProblem,
  settingOf,
  settingProblem,
} from '@/domain/settings';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

/** What holds for the whole platform, each section with the version that a change has to name. */
export async function getSettings(ctx: ServiceContext) {
  requireRole(ctx, 'admin');
  const [terms, notices, retention] = await Promise.all([
    findSetting(ctx.db, 'terms'),
    findSetting(ctx.db, 'notices'),
    findSetting(ctx.db, 'retention'),
  ]);
  return { terms, notices, retention };
}

export const ChangeSettingsInput = IdempotencyKey.extend({
  section: z.enum(SETTING_SECTIONS),
  /** The version on the admin's screen: two of them can't overwrite each other. */
  expectedVersion: z.number().int().min(1),
  /** The whole section; a field that is left out is as it comes. */
  document: z.record(z.string(), z.unknown()),
});

const SENTENCES: Readonly<Record<SettingProblem['problem'], (limit: number | null) => string>> = {
  unknown: () => 'is no setting of this section',
  not_whole: () => 'has to be a whole number',
  too_small: (limit) => `has to be at least ${limit}`,
  too_big: (limit) => `may be ${limit} at the most`,
  no_channel: () => 'goes only where notices of this kind can go',
};

/** Changes one section as a whole; it holds from the next order, notice or round on. */
export async function changeSettings(
  ctx: ServiceContext,
  input: z.infer<typeof ChangeSettingsInput>,
): Promise<{ section: string; version: number }> {
  requireRole(ctx, 'admin');
  const { section, expectedVersion, document } = input;
  const wrong = settingProblem(section, document);
  if (wrong) {
    const { field, problem, limit } = wrong;
    throw invalid({
      reason: 'setting_invalid',
      message: `“${field}” ${SENTENCES[problem](limit)}.`,
      hint: 'Correct it and save again; nothing was changed.',
      data: { field, problem, limit },
    });
  }
  return runCommand(ctx, { name: 'change-settings', request: input }, async (tx) => {
    const version = await writeSetting(tx, section, expectedVersion, settingOf(section, document));
    if (version !== null) return { section, version };
    throw conflict({
      reason: 'settings_changed',
      message: 'Somebody else has changed these settings meanwhile.',
      hint: 'Look at them as they are now and decide again.',
    });
  });
}
