/**
 * Where a spreadsheet may see the beginning of a cell: at the beginning, and after what it may take for the end of another one
 * or of a line, also when it reads the file with another separator than ours. Blanks, quotes and what cannot be seen do not
 * keep it from reading a formula.
 */
const FORMULA = /(^|[;\t\r\n])((?:[^\S\t\r\n]|["'`\p{Cf}])*)([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu;
const CONTROL = /^[\t\r\n]/;
const QUOTED = /[",;\t\r\n']|^\s|\s$/;

/** One line of RFC 4180. A text that a spreadsheet would calculate gets an apostrophe before it, which shows that it is text. */
export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Spreadsheets take a file without it for one of their own old alphabets, and spoil every name with an accent. */
export const BYTE_ORDER_MARK = '\uFEFF';

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  // Numbers and flags of the database: nobody can write a formula into them.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = harmless(
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join('; ') : textOf(value),
  );
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function harmless(text: string): string {
  const safe = text.replaceAll(FORMULA, (_, before: string, blank: string, sign: string) => `${before}'${blank}${sign}`);
  return CONTROL.test(safe) ? `'${safe}` : safe;
}
