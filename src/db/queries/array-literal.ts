type Value = string | number | null;

/**
 * A PostgreSQL array as text, for one parameter that `unnest` or `ANY` takes apart; cast it
 * `::text::uuid[]` or the like. For ids, numbers and times: values with commas, quotes, braces or
 * blanks are not escaped.
 */
export const arrayLiteral = (values: readonly Value[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;
