import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, readCsv, writeCsv } from './csv';

const BOM = '\uFEFF';

describe('a CSV', () => {
  it.each<[string, Cell, string]>([
    ['a word', 'Brick & Basil', 'Brick & Basil'],
    ['a comma', 'Soup, salad', '"Soup, salad"'],
    ['quotes', 'The "Yard"', '"The ""Yard"""'],
    ['a line break', 'a\r\nb', '"a\r\nb"'],
    ['a number', -12.5, '-12.5'],
    ['nothing', null, ''],
    ['no number', Number.NaN, ''],
    ['a formula', '=1+1', "'=1+1"],
    ['a formula behind a blank', ' =1+1', "' =1+1"],
    ['a call', '@SUM(A1)', "'@SUM(A1)"],
    ['a plus', '+44 20', "'+44 20"],
    ['a minus that is text', '-cmd|x', "'-cmd|x"],
    ['a tab', '\t=1', `"'\t=1"`],
    ['a blank at an end', 'a ', '"a "'],
    ['a formula with a comma', '=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ])('writes %s', (_, cell, field) => {
    expect(writeCsv([['a', cell]])).toBe(`${BOM}a,${field}\r\n`);
  });

  it('of harmless texts is read by others as it was', () => {
    const text = fc.string().filter((value) => !/^'*\s*[=+\-@\t\r\n]/.test(value));
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 })), (rows) => {
        expect(read(writeCsv(rows).slice(BOM.length))).toEqual(rows);
      }),
    );
  });

  it.each(["'=1", "' =1", "''+1", "'", ' =1', "it's", '\n', "'\n=1"])(
    'is read by us as it was: %s',
    (text) => {
      expect(readCsv(writeCsv([['a', text]])).rows[0]?.cells).toEqual(['a', text]);
    },
  );
});

/** RFC 4180, read strictly. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < csv.length) {
    const found = field.exec(csv);
    if (!found) throw new Error(`cannot be read: ${csv}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
