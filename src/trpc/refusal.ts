type WireData = {
  code: string;
  fields?: { field: string; message: string }[] | null;
  refusal?: {
    code: string;
    reason: string;
    hint: string | null;
    data: Record<string, unknown> | null;
  } | null;
};

/** What the server's error formatter (`api/init`) put on an error; null for any other error. */
function wireDataOf(error: unknown): { message: string; data: WireData } | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('code' in data)) return null;
  const message = 'message' in error ? String(error.message) : '';
  // An error with a code in its data comes from the formatter, which gives it these parts.
  return { message, data: data as WireData };
}

export type RefusalWords = {
  code: string;
  /** Stable reason, e.g. `item_sold_out`; `offline` when no answer came, `unknown` otherwise. */
  reason: string;
  message: string;
  hint: string | null;
  data: Record<string, unknown>;
  fields: { field: string; message: string }[];
};

/** Any error of a call in words that a person can act on. */
export function refusalOf(error: unknown): RefusalWords {
  const wire = wireDataOf(error);
  if (!wire) {
    return {
      code: 'offline',
      reason: 'offline',
      message: 'We could not reach the server.',
      hint: 'Check your connection and try again.',
      data: {},
      fields: [],
    };
  }
  const { message, data } = wire;
  return {
    code: data.refusal?.code ?? data.code,
    reason: data.refusal?.reason ?? 'unknown',
    message,
    hint: data.refusal?.hint ?? (data.fields?.length ? 'Correct it and try again.' : null),
    data: data.refusal?.data ?? {},
    fields: data.fields ?? [],
  };
}

/** Texts by `<reason>.message` and `<reason>.hint`. */
export type Catalogue = {
  (key: string, values: Record<string, string | number>): string;
  has: (key: string) => boolean;
};

const isWord = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** The refusal by the catalogue of its reason; the server's own sentence where it has none. */
export function translated(refusal: RefusalWords, t: Catalogue): RefusalWords {
  const { data, fields } = refusal;
  const reason = fields.length > 0 ? 'invalid_input' : refusal.reason;
  const values = Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string | number] => isWord(entry[1])),
  );
  const message = `${reason}.message`;
  const hint = `${reason}.hint`;
  const field = 'invalid_field.message';
  return {
    ...refusal,
    message: t.has(message) ? t(message, values) : refusal.message,
    hint: t.has(hint) ? t(hint, values) : refusal.hint,
    fields: t.has(field) ? fields.map((each) => ({ ...each, message: t(field, {}) })) : fields,
  };
}
