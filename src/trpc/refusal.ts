import { z } from 'zod';

const Shape = z.object({
  message: z.string(),
  data: z.object({
    code: z.string(),
    fields: z.array(z.object({ field: z.string(), message: z.string() })).nullish(),
    refusal: z
      .object({
        code: z.string(),
        reason: z.string(),
        hint: z.string().nullable(),
        data: z.record(z.string(), z.unknown()).nullable(),
      })
      .nullish(),
  }),
});

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
  const parsed = Shape.safeParse(error);
  if (!parsed.success) {
    return {
      code: 'offline',
      reason: 'offline',
      message: 'We could not reach the server.',
      hint: 'Check your connection and try again.',
      data: {},
      fields: [],
    };
  }
  const { message, data } = parsed.data;
  return {
    code: data.refusal?.code ?? data.code,
    reason: data.refusal?.reason ?? 'unknown',
    message,
    hint: data.refusal?.hint ?? (data.fields?.length ? 'Correct it and try again.' : null),
    data: data.refusal?.data ?? {},
    fields: data.fields ?? [],
  };
}
