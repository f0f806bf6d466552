/** A pair that is allowed, and what it costs. */
export type Pair = { column: number; cost: number };

/**
 * Min-cost assignment of rows to columns, each used at most once: exact, by shortest augmenting paths
 * (Jonker and Volgenant, 1987) over the given pairs alone. `leave[row]` is what leaving a row out costs, so
 * that a solution always exists. Answers the column of each row, or -1. O(rows · (pairs + columns²)) at worst.
 */
export function assign(
  rows: readonly (readonly Pair[])[],
  columnCount: number,
  leave: readonly number[],
): Int32Array {
  // Column `columnCount + row` is that row's own way out.
  const width = columnCount + rows.length;
  const rowOf = new Int32Array(width).fill(-1);
  const columnOf = new Int32Array(rows.length).fill(-1);
  const price = new Float64Array(width);
  const rowPrice = new Float64Array(rows.length);
  const distance = new Float64Array(width);
  const cameFrom = new Int32Array(width);
  const settled = new Uint8Array(width);

  for (let start = 0; start < rows.length; start += 1) {
    distance.fill(Number.POSITIVE_INFINITY);
    settled.fill(0);
    const reached: number[] = [];
    const finished: number[] = [];
    let row = start;
    let base = 0;
    let end = -1;
    rowPrice[start] = lowest(
      rows[start] ?? [],
      price,
      leave[start] ?? 0,
      price[columnCount + start] ?? 0,
    );
    while (end < 0) {
      const relax = (column: number, cost: number) => {
        if (settled[column]) return;
        const through = base + cost - (rowPrice[row] ?? 0) - (price[column] ?? 0);
        const known = distance[column] ?? 0;
        if (through >= known) return;
        if (known === Number.POSITIVE_INFINITY) reached.push(column);
        distance[column] = through;
        cameFrom[column] = row;
      };
      for (const { column, cost } of rows[row] ?? []) relax(column, cost);
      relax(columnCount + row, leave[row] ?? 0);
      let nearest = -1;
      for (const column of reached) {
        if (settled[column]) continue;
        if (nearest < 0 || (distance[column] ?? 0) < (distance[nearest] ?? 0)) nearest = column;
      }
      base = distance[nearest] ?? 0;
      settled[nearest] = 1;
      const owner = rowOf[nearest] ?? -1;
      if (owner < 0) {
        end = nearest;
      } else {
        finished.push(nearest);
        row = owner;
      }
    }
    for (const column of finished) {
      const owner = rowOf[column] ?? 0;
      const slack = base - (distance[column] ?? 0);
      price[column] = (price[column] ?? 0) - slack;
      rowPrice[owner] = (rowPrice[owner] ?? 0) + slack;
    }
    rowPrice[start] = (rowPrice[start] ?? 0) + base;
    for (let column = end; ; ) {
      const owner = cameFrom[column] ?? start;
      const before = columnOf[owner] ?? -1;
      rowOf[column] = owner;
      columnOf[owner] = column;
      if (owner === start) break;
      column = before;
    }
  }
  return columnOf.map((column) => (column < columnCount ? column : -1));
}

/** The least reduced cost of a row: its first price, so that no edge is negative. */
function lowest(
  pairs: readonly Pair[],
  price: Float64Array,
  leave: number,
  leavePrice: number,
): number {
  let least = leave - leavePrice;
  for (const { column, cost } of pairs) least = Math.min(least, cost - (price[column] ?? 0));
  return least;
}
