/** Comma-separated values (RFC 4180), read leniently: any line end, a BOM, `;` or tab in place of commas. */

export type CsvRow = { line: number; cells: string[] };
export type Csv = {
  rows: CsvRow[] /** The line of a quote that nothing closes. */;
  unclosed: number | null;
};

const SEPARATORS = [',', ';', '\t'] as const;

/** What the first line uses most outside of quotes. */
function separatorOf(text: string): string {
  const first = (text.split(/\r|\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((each) => first.split(each).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}

export function readCsv(given: string): Csv {
  const text = given.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let [line, at] = [1, 0];
  while (at < text.length) {
    const row: CsvRow = { line, cells: [] };
    for (let more = true; more; ) {
      let cell = '';
      if (text[at] === '"') {
        const opened = line;
        for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
          if (at >= text.length) return { rows, unclosed: opened };
          if (text[at] === '"') at += 1;
          if (text[at] === '\n') line += 1;
          cell += text[at];
        }
        at += 1;
      }
      while (at < text.length && text[at] !== separator && text[at] !== '\n') {
        cell += text[at];
        at += 1;
      }
      row.cells.push(unguarded(cell));
      more = text[at] === separator;
      at += 1;
    }
    line += 1;
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row);
  }
  return { rows, unclosed: null };
}

/** A spreadsheet would run a cell that begins like a formula, behind blanks too: an apostrophe keeps it text. */
const guarded = (text: string): string => (/^'*\s*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text);
const unguarded = (text: string): string =>
  /^'+\s*[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;

/** No number, and null, are empty cells. */
export type Cell = string | number | null;

function written(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? `${cell}` : '';
  const text = guarded(cell ?? '');
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With a BOM, without which spreadsheets take it for another encoding. */
export const writeCsv = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(written).join(',')}\r\n`).join('')}`;
