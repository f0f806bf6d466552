/** A word that somebody typed, folded, and what is known of it. */
export type TypedWord = {
  word: string;
  /** Something that can be found holds a word that begins with it. */
  known: boolean;
  /** Words that can be found and are spelt nearly like it, the nearest first. */
  close: string[];
};

/** A word as it is looked for: any of `read` will do. `corrected` when they are not what was typed. */
export type ReadWord = { typed: string; read: string[]; corrected: boolean };

const MAX_CORRECTIONS = 4;

/**
 * What to look for: words as they were typed where they are known, else what they seem to mean. Words
 * without any meaning are left out as long as others have one. Null: nothing can match.
 */
export function readWords(
  typed: readonly TypedWord[],
  { correctAll = false }: { correctAll?: boolean } = {},
): ReadWord[] | null {
  const read = typed.flatMap(({ word, known, close }): ReadWord[] => {
    const meant = close.filter((other) => other !== word).slice(0, MAX_CORRECTIONS);
    if (known && !(correctAll && meant.length > 0)) {
      return [{ typed: word, read: [word], corrected: false }];
    }
    return meant.length > 0 ? [{ typed: word, read: meant, corrected: true }] : [];
  });
  return read.length > 0 ? read : null;
}

/** Which parts of a place may match: its name, also its cuisine, also its dishes, or anything. */
export const MATCH_TIERS = ['A', 'AB', 'ABC', 'ABCD'] as const;
export type MatchTier = (typeof MATCH_TIERS)[number];

const quoted = (word: string): string => `'${word.replace(/[\\']/g, '\\$&')}'`;

/** As text for `::tsquery`: every word (or, for `any`, one of them), each at the start of a word. */
export function toTsquery(
  words: readonly ReadWord[],
  { parts = 'ABCD', any = false }: { parts?: MatchTier; any?: boolean } = {},
): string {
  return words
    .map(({ read }) => `(${read.map((word) => `${quoted(word)}:*${parts}`).join('|')})`)
    .join(any ? '|' : '&');
}
