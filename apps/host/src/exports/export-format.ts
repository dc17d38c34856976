import { notFound } from '../problems/problem.js';
import { BYTE_ORDER_MARK, csvLine } from './csv.js';

/** Their names are the endings of the addresses and of the files. */
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** As the API document names them. */
export const EXPORT_MEDIA = ['text/csv', 'application/jsonl'] as const;

/** What the API document says of `:format`. */
export const FORMAT = { format: '`csv`: a table for people. `jsonl`: JSON Lines (UTF-8), an object a line, for programs.' };

/** What each file is, said once for the routes that give one. */
export const ABOUT_EXPORTS =
  'CSV is RFC 4180 in UTF-8 with a byte order mark, which spreadsheets need, and a cell that a spreadsheet would calculate has an apostrophe before it. ' +
  'At most 1,000,000 rows: a longer file breaks off, so that the download fails. The audit log has a row for each export, written before its first line.';

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
};

export function contentTypeOf(format: ExportFormat): string {
  return CONTENT_TYPES[format];
}

/** @throws Problem (404) */
export function readFormat(value: string): ExportFormat {
  const format = EXPORT_FORMATS.find((candidate) => candidate === value);
  if (format === undefined) throw notFound('format', `file of this format. Formats: ${EXPORT_FORMATS.join(', ')}`);
  return format;
}

/** How rows of one kind are written. */
export interface ExportTable<Row> {
  /** Of CSV. */
  readonly columns: readonly string[];
  /** Of CSV, one for each column. */
  cells(row: Row): readonly unknown[];
  /** Of JSON Lines. */
  object(row: Row): object;
}

/** Lines of a file in batches, as many as there are pages; of CSV the header is the first. */
export async function* linesOf<Row>(
  format: ExportFormat,
  table: ExportTable<Row>,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly string[], void, void> {
  yield format === 'csv' ? [BYTE_ORDER_MARK + csvLine(table.columns)] : [];
  for await (const rows of pages)
    yield rows.map((row) => (format === 'csv' ? csvLine(table.cells(row)) : jsonLine(table.object(row))));
}

/** JSON has no line break of its own: it writes those of texts out. */
export function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
