import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, type Pair } from './assignment';

type Problem = { rows: Pair[][]; columns: number; leave: number[] };

const totalOf = ({ rows, leave }: Problem, columnOf: ArrayLike<number>) =>
  rows.reduce((sum, pairs, row) => {
    const pair = pairs.find(({ column }) => column === columnOf[row]);
    return sum + (pair ? pair.cost : (leave[row] ?? 0));
  }, 0);

function bestByTryingAll(
  problem: Problem,
  row = 0,
  taken: ReadonlySet<number> = new Set(),
): number {
  const pairs = problem.rows[row];
  if (!pairs) return 0;
  const leaveIt = (problem.leave[row] ?? 0) + bestByTryingAll(problem, row + 1, taken);
  return pairs.reduce((best, { column, cost }) => {
    if (taken.has(column)) return best;
    return Math.min(best, cost + bestByTryingAll(problem, row + 1, new Set([...taken, column])));
  }, leaveIt);
}

const problems = fc.integer({ min: 0, max: 5 }).chain((columns) =>
  fc
    .array(
      fc.record({
        costs: fc.array(fc.option(fc.integer({ min: -20, max: 60 })), {
          minLength: columns,
          maxLength: columns,
        }),
        leave: fc.integer({ min: -5, max: 90 }),
      }),
      { maxLength: 6 },
    )
    .map(
      (rows): Problem => ({
        columns,
        rows: rows.map(({ costs }) =>
          costs.flatMap((cost, column) => (cost === null ? [] : [{ column, cost }])),
        ),
        leave: rows.map(({ leave }) => leave),
      }),
    ),
);

describe('min-cost assignment', () => {
  it('costs what the best of all possible assignments costs', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const columnOf = assign(problem.rows, problem.columns, problem.leave);
        expect(totalOf(problem, columnOf)).toBe(bestByTryingAll(problem));
      }),
      { numRuns: 2_000 },
    );
  });

  it('uses no column twice, and only pairs that are allowed', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const used = [...assign(problem.rows, problem.columns, problem.leave)];
        const taken = used.filter((column) => column >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        for (const [row, column] of used.entries()) {
          const allowed = problem.rows[row]?.map((pair) => pair.column) ?? [];
          expect(column === -1 || allowed.includes(column)).toBe(true);
        }
      }),
    );
  });

  it('takes the second best for one, where that serves all', () => {
    const rows = [
      [
        { column: 0, cost: 1 },
        { column: 1, cost: 2 },
      ],
      [{ column: 0, cost: 5 }],
    ];
    expect([...assign(rows, 2, [100, 100])]).toEqual([1, 0]);
  });
});
