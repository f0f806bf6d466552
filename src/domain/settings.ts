import {
  NOTICE_CHANNELS,
  NOTICE_DEFAULTS,
  type NoticeChannel,
  type NoticeDefaults,
  type NoticeKind,
  SWITCHED_NOTICE_KINDS,
  waysOut,
} from './notices';

export const SETTING_SECTIONS = ['terms', 'notices', 'retention'] as const;
export type SettingSection = (typeof SETTING_SECTIONS)[number];

/** Money in minor units of the restaurant's currency. */
export type Terms = {
  /** What a driver earns for a delivery, and for each kilometre of it. */
  driverPayBase: number;
  driverPayPerKm: number;
  /** Of restaurants that are added without a tax of their own, basis points. */
  taxBp: number;
};

/** How long what is known of people is kept, days; null: for good. */
export type Retention = {
  positionDays: number;
  messageDays: number | null;
  /** What was sent to people outside the page, or could not be. */
  noticeDays: number | null;
  /** Photos and signatures of handovers. */
  proofDays: number | null;
  eventDays: number | null;
};

export type Settings = { terms: Terms; notices: NoticeDefaults; retention: Retention };

type Figure = { least: number; most: number; mayBeEmpty?: true };

/** Every figure with the least and the most that makes sense. */
export const SETTING_FIGURES = {
  terms: {
    driverPayBase: { least: 0, most: 5_000 },
    driverPayPerKm: { least: 0, most: 1_000 },
    taxBp: { least: 0, most: 5_000 },
  },
  retention: {
    positionDays: { least: 1, most: 90 },
    messageDays: { least: 7, most: 3_650, mayBeEmpty: true },
    noticeDays: { least: 7, most: 3_650, mayBeEmpty: true },
    proofDays: { least: 7, most: 3_650, mayBeEmpty: true },
    // Pages that were away for less go on from where they stopped.
    eventDays: { least: 30, most: 3_650, mayBeEmpty: true },
  },
} as const satisfies Record<string, Record<string, Figure>>;

export const DEFAULT_SETTINGS: Settings = {
  terms: { driverPayBase: 250, driverPayPerKm: 90, taxBp: 0 },
  notices: NOTICE_DEFAULTS,
  retention: {
    positionDays: 14,
    messageDays: null,
    noticeDays: 90,
    proofDays: 180,
    eventDays: null,
  },
};

export const SETTING_PROBLEMS = [
  'unknown',
  'not_whole',
  'too_small',
  'too_big',
  'no_channel',
] as const;
export type SettingProblem = {
  field: string;
  problem: (typeof SETTING_PROBLEMS)[number];
  limit: number | null;
};

type Document = Readonly<Record<string, unknown>>;

const figureProblem = (field: string, value: unknown, figure: Figure): SettingProblem | null => {
  if (value === null && figure.mayBeEmpty) return null;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return { field, problem: 'not_whole', limit: null };
  }
  if (value < figure.least) return { field, problem: 'too_small', limit: figure.least };
  if (value > figure.most) return { field, problem: 'too_big', limit: figure.most };
  return null;
};

const isChannel = (value: unknown): value is NoticeChannel =>
  NOTICE_CHANNELS.some((channel) => channel === value);

function noticeProblem(kind: NoticeKind, value: unknown): SettingProblem | null {
  const ways: readonly NoticeChannel[] = ['page', ...waysOut(kind)];
  const known =
    Array.isArray(value) && value.every((each) => isChannel(each) && ways.includes(each));
  return known ? null : { field: kind, problem: 'no_channel', limit: null };
}

/** The first thing that is wrong with a document for this section, or null. */
export function settingProblem(section: SettingSection, document: Document): SettingProblem | null {
  const figures: Readonly<Record<string, Figure>> =
    section === 'notices' ? {} : SETTING_FIGURES[section];
  for (const [field, value] of Object.entries(document)) {
    const kind =
      section === 'notices' ? SWITCHED_NOTICE_KINDS.find((each) => each === field) : undefined;
    const figure = figures[field];
    if (!kind && !figure) return { field, problem: 'unknown', limit: null };
    const problem = kind
      ? noticeProblem(kind, value)
      : figure
        ? figureProblem(field, value, figure)
        : null;
    if (problem) return problem;
  }
  return null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What holds: the stored fields that make sense, over what comes with the code. */
export function settingOf<Section extends SettingSection>(
  section: Section,
  stored: unknown,
): Settings[Section] {
  const fields = isRecord(stored) ? Object.entries(stored) : [];
  const sound = fields.filter(([field, value]) => !settingProblem(section, { [field]: value }));
  return { ...DEFAULT_SETTINGS[section], ...Object.fromEntries(sound) };
}
