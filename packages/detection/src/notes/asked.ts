import { isList, isMap, type Plain } from '../sigma/searches.js';

/** What a document asks of events, as it is written. */
export interface Asked {
  readonly field: string;
  readonly path: Path;
  /** Texts that the field is held against as a whole. */
  readonly texts: readonly { readonly text: string; readonly path: Path }[];
}

type Path = readonly (string | number)[];
type Section = { readonly [key: string]: Plain };

/** Every field that a detection, a filter or a correlation names, and what it is held against. */
export function* askedIn(content: Section): Generator<Asked, void> {
  for (const key of ['detection', 'filter']) {
    const section = content[key];
    if (isMap(section)) for (const [name, search] of Object.entries(section)) yield* searchIn(search, [key, name]);
  }
  yield* namesIn(content['fields'], ['fields']);
  if (isMap(content['correlation'])) yield* correlationIn(content['correlation']);
  const own = content['castellan'];
  const levels = isMap(own) ? own['levels'] : undefined;
  if (!isList(levels)) return;
  for (const [n, one] of levels.entries()) if (isMap(one)) yield* searchIn(one['when'], ['castellan', 'levels', n, 'when']);
}

function* searchIn(search: Plain | undefined, path: Path): Generator<Asked, void> {
  if (isList(search)) for (const [n, one] of search.entries()) yield* searchIn(one, [...path, n]);
  if (!isMap(search)) return;
  for (const [key, value] of Object.entries(search)) {
    const [field = '', ...modifiers] = key.split('|');
    const at = [...path, key];
    if (field !== '') yield { field, path: at, texts: modifiers.every((one) => WHOLE.has(one)) ? textsOf(value, at) : [] };
  }
}

/** Modifiers behind which a value is still that of the field as a whole. */
const WHOLE: ReadonlySet<string> = new Set(['cased', 'neq', 'all']);

const WILD = /[*?\\]/;

function textsOf(value: Plain, path: Path): Asked['texts'] {
  const values = isList(value) ? value.map((one, n) => [one, [...path, n]] as const) : [[value, path] as const];
  return values.flatMap(([text, at]) => (typeof text === 'string' && !WILD.test(text) ? [{ text, path: at }] : []));
}

function* correlationIn(section: Section): Generator<Asked, void> {
  const { aliases, condition } = section;
  const meant = new Set(isMap(aliases) ? Object.keys(aliases) : []);
  for (const asked of namesIn(section['group-by'], ['correlation', 'group-by'])) if (!meant.has(asked.field)) yield asked;
  if (isMap(condition)) yield* namesIn(condition['field'], ['correlation', 'condition', 'field']);
  if (!isMap(aliases)) return;
  for (const [alias, fields] of Object.entries(aliases))
    if (isMap(fields))
      for (const [rule, field] of Object.entries(fields)) yield* namesIn(field, ['correlation', 'aliases', alias, rule]);
}

/** One text is a list of one. */
function* namesIn(value: Plain | undefined, path: Path): Generator<Asked, void> {
  if (typeof value === 'string' && value !== '') yield { field: value, path, texts: [] };
  if (isList(value)) for (const [n, one] of value.entries()) yield* namesIn(one, [...path, n]);
}
