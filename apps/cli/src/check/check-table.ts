import type { ConnectionCheck, Turn } from '@castellan/connector-sdk';

const RESULTS = { ok: 'ok', failed: 'FAILED', skipped: '-' } as const;
const RESULT_WIDTH = 'FAILED'.length;
/** The text column is never narrower, however long the names are and however narrow the terminal is. */
const LEAST_TEXT = 30;

/** Skipped checks with one reason, one behind the other, that are still shown singly. */
const MOST_ALIKE = 3;
/** Checks that a step names before it counts them. */
const MOST_NAMES = 2;

interface Row {
  readonly name: string;
  readonly result: string;
  readonly text: string;
}

/**
 * The rows of a report as an aligned table, and behind it who has to do what: each step once, though many rows may ask for it.
 * @param width of the terminal in characters
 * @param provider its name, for what it alone can mend
 */
export function checkTable(checks: readonly ConnectionCheck[], width: number, provider: string): readonly string[] {
  const rows = [{ name: 'CHECK', result: 'RESULT', text: 'FOUND' }, ...rowsOf(checks)];
  const nameWidth = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.flatMap(({ name, result, text }) =>
    hanging(`${name.padEnd(nameWidth)}  ${result.padEnd(RESULT_WIDTH)}  `, text, width),
  );
  return [...lines, ...steps(checks, width, actorsFor(provider)), ''];
}

/** What stands before a step: who reads it is no employee of the provider. */
function actorsFor(provider: string): Readonly<Record<Turn, string>> {
  return { you: 'You', provider: `Waiting for ${provider}`, castellan: 'Whoever runs Castellan' };
}

/** One row a check; when nothing works, thirty checks that were not tried for one reason are one row. */
function rowsOf(checks: readonly ConnectionCheck[]): readonly Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < checks.length; ) {
    const [first] = checks.slice(at);
    if (first === undefined) break;
    const text = textOf(first);
    const different = checks.findIndex((row, index) => index > at && (row.status !== 'skipped' || textOf(row) !== text));
    const end = different < 0 ? checks.length : different;
    const isLong = first.status === 'skipped' && end - at > MOST_ALIKE;
    const result = RESULTS[first.status];
    if (isLong)
      rows.push({ name: `${first.name} ...`, result, text: `${text} (${end - at} checks, to ${checks[end - 1]?.name})` });
    else rows.push({ name: first.name, result, text });
    at = isLong ? end : at + 1;
  }
  return rows;
}

function textOf({ message, error }: ConnectionCheck): string {
  const field = error?.field === undefined ? '' : `${error.field}: `;
  return `${field}${message ?? error?.message ?? ''}`;
}

function steps(checks: readonly ConnectionCheck[], width: number, actors: Readonly<Record<Turn, string>>): readonly string[] {
  const rowsByStep = new Map<string, { readonly turn: string; readonly todo: string; readonly names: string[] }>();
  for (const { name, turn, todo } of checks) {
    if (turn === undefined || todo === undefined) continue;
    const step = rowsByStep.get(`${turn} ${todo}`) ?? { turn: actors[turn], todo, names: [] };
    step.names.push(name);
    rowsByStep.set(`${turn} ${todo}`, step);
  }
  if (rowsByStep.size === 0) return [];
  const widest = Math.max(...[...rowsByStep.values()].map(({ turn }) => turn.length));
  const lines = [...rowsByStep.values()].flatMap(({ turn, todo, names }) =>
    hanging(`  ${`${turn}:`.padEnd(widest + 1)} `, `${todo} (${namesOf(names)})`, width),
  );
  return ['', 'What to do:', ...lines];
}

function namesOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** Text behind a head, broken between words, its further lines below its first. */
export function hanging(head: string, text: string, width: number): string[] {
  const most = Math.max(LEAST_TEXT, width - head.length);
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > most) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  lines.push(current);
  return lines.map((part, index) => `${index === 0 ? head : ' '.repeat(head.length)}${part}`.trimEnd());
}
