export type Arrow = 'up' | 'down' | 'back' | 'forward' | 'first' | 'last';

/** The card that a key leads to: along its column, or to the same height in the next that has any. */
export function neighbour(
  columns: readonly (readonly string[])[],
  from: string | null,
  arrow: Arrow,
): string | undefined {
  const filled = columns.filter(({ length }) => length > 0);
  const at = filled.findIndex((ids) => from !== null && ids.includes(from));
  const ids = filled[at];
  if (!ids || from === null) return filled[0]?.[0];
  const row = ids.indexOf(from);
  if (arrow === 'up') return ids[row - 1];
  if (arrow === 'down') return ids[row + 1];
  if (arrow === 'first') return ids[0];
  if (arrow === 'last') return ids.at(-1);
  const beside = filled[at + (arrow === 'forward' ? 1 : -1)];
  return beside?.[Math.min(row, beside.length - 1)];
}
