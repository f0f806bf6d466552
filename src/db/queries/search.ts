import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { MatchingDish } from '@/domain/restaurant';
import { type ReadWord, type TypedWord, toTsquery } from '@/domain/search-words';

const MOST_WORDS = 8;
const LONGEST_WORD = 40;
/** Two slips in a long word leave about so much of its trigrams alike. */
const ALIKE = 0.42;

/** The words of a query, folded, with what is known of each. */
export async function lookUpWords(db: Queryable, query: string): Promise<TypedWord[]> {
  const rows = await db.execute<TypedWord>(sql`
    SELECT typed.word,
      typed.word ~ '[0-9]'
        OR EXISTS (SELECT FROM search_words w
          WHERE w.word >= typed.word AND w.word < typed.word || chr(1114111)) AS known,
      ARRAY(
        SELECT w.word FROM search_words w
        WHERE length(typed.word) >= 3
          AND (w.slips && deletions(typed.word)
            OR (w.word % typed.word AND similarity(w.word, typed.word) >= ${ALIKE}))
        ORDER BY w.slips && deletions(typed.word) DESC, similarity(w.word, typed.word) DESC, w.word
        LIMIT 5) AS close
    FROM (
      SELECT left(word, ${LONGEST_WORD}) AS word, n
      FROM string_to_table(fold(${query}), ' ') WITH ORDINALITY AS parts (word, n)
      WHERE word <> '' ORDER BY n LIMIT ${MOST_WORDS}) typed
    ORDER BY n`);
  return [...rows];
}

/** The dishes of each place that hold the words, at most so many, best first; all the words if any do. */
export async function matchingDishes(
  db: Queryable,
  restaurantIds: readonly string[],
  words: readonly ReadWord[],
  limit: number,
): Promise<Map<string, MatchingDish[]>> {
  const any = toTsquery(words, { any: true });
  const rows = await db.execute<MatchingDish & { restaurantId: string }>(sql`
    SELECT "restaurantId", id, name, price, "soldOut" FROM (
      SELECT i.restaurant_id AS "restaurantId", i.id, i.name, i.price, i.sold_out AS "soldOut", all_of,
        rank() OVER (PARTITION BY i.restaurant_id ORDER BY all_of DESC) AS as_good,
        row_number() OVER (PARTITION BY i.restaurant_id
          ORDER BY all_of DESC, ts_rank(text, ${any}::tsquery) DESC, i.position, i.id) AS n
      FROM menu_items i,
        LATERAL (SELECT setweight(to_tsvector('simple', fold(i.name)), 'A')
          || setweight(to_tsvector('simple', fold(i.description)), 'D') AS text) document,
        LATERAL (SELECT text @@ ${toTsquery(words)}::tsquery AS all_of) matched
      WHERE i.restaurant_id = ANY (${sql.param([...restaurantIds])}::uuid[]) AND i.archived_at IS NULL
        AND text @@ ${any}::tsquery) ranked
    WHERE n <= ${limit} AND as_good = 1
    ORDER BY "restaurantId", n`);
  const dishes = new Map<string, MatchingDish[]>();
  for (const { restaurantId, ...dish } of rows) {
    dishes.set(restaurantId, [...(dishes.get(restaurantId) ?? []), dish]);
  }
  return dishes;
}
