/**
 * Errors and lines as they may be logged: which query failed, where and why, but nothing of those whom it was
 * about. What a query was asked with is left out; what looks like a person's data is replaced wherever it stands.
 */
export type PlainError = {
  type: string;
  message: string;
  stack: string;
  /** Of errors of the database: SQLSTATE and what it was about. */
  code?: string;
  table?: string;
  constraint?: string;
  cause?: PlainError;
};

const PERSONAL: readonly (readonly [RegExp, string])[] = [
  [/[^\s"'<>@,;:()[\]{}\\/=]+@[^\s"'<>@,;:()[\]{}\\/=]+\.[a-z]{2,}/gi, '‹e-mail›'],
  [/\beyJ[\w-]{10,}(?:\.[\w-]*)+/g, '‹token›'],
  [/\bhf[a-z]_[\w-]{8,}/g, '‹token›'],
  [/\b(bearer|token=)\s*[\w.~+/-]{8,}/gi, '$1 ‹token›'],
  [/\/(s|join)\/[\w-]{8,}/g, '/$1/‹token›'],
  [/(?<![\w.+-])\+\d[\d ()-]{6,}\d/g, '‹phone›'],
];

/** A line without e-mail addresses, phone numbers and tokens. */
export const withoutPeople = (line: string): string =>
  PERSONAL.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);

/** The query stays, what it was asked with goes; so does a value that the database has quoted. */
const withoutValues = (message: string): string =>
  withoutPeople(
    message
      .replace(/\s*\bparams: [\s\S]*$/, '')
      .replace(/: "[^"]*"/g, ': "…"')
      .replace(/=\([^)]*\)/g, '=(…)'),
  );

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Only the frames: the first lines of a stack are the message. */
const framesOf = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

const DEEPEST = 5;

export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: withoutValues(String(error)), stack: '' };
  }
  const given: Record<string, unknown> = { ...error };
  const [code, table] = [text(given.code), text(given.table_name)];
  const constraint = text(given.constraint_name);
  return {
    type: error.name,
    message: withoutValues(error.message),
    stack: framesOf(error),
    ...(code === undefined ? {} : { code }),
    ...(table === undefined ? {} : { table }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(error.cause === undefined || depth === DEEPEST
      ? {}
      : { cause: plainError(error.cause, depth + 1) }),
  };
}
