import { CORRELATION_KEYS } from '../correlation/correlation-keys.js';
import { MOST_UNKNOWN, slipOf } from './near-name.js';
import { RuleError } from './rule-error.js';
import { isMap, type Plain } from './searches.js';

const FACTS = [
  'title',
  'id',
  'name',
  'description',
  'status',
  'author',
  'references',
  'tags',
  'falsepositives',
  'level',
  'castellan',
];
/** Keys that are read, by the one that says what a document is. */
const READ = new Map([
  ['filter', ['title', 'logsource']],
  ['correlation', FACTS],
  ['detection', [...FACTS, 'logsource', 'fields']],
]);
const ALL_READ = new Set([...READ.keys(), ...[...READ.values()].flat()]);
/** Others of the specification: for people. `reference` is what it calls those of a correlation. */
const ALSO_KNOWN = new Set(['related', 'taxonomy', 'license', 'date', 'modified', 'scope', 'reference', 'generate']);
/** Words that somebody may mean, although they are near to those that are read. */
const OF_THEIR_OWN = new Set(['stats', 'states', 'game', 'named', 'names', 'authors', 'levels', 'field', 'descriptor']);

export interface KeySlips {
  readonly mistakes: readonly RuleError[];
  /** What the keys were meant to be: it is not missing. */
  readonly meant: ReadonlySet<string>;
}

/**
 * Anybody may have keys of their own beside those of the specification. One that is nearly one of those, where that is missing, is
 * a slip that nobody would notice: the rule would be of another level, or be about everything.
 */
export function slipsIn(content: { readonly [key: string]: Plain }): KeySlips {
  const missing = readOf(content).filter((key) => content[key] === undefined);
  const action = actionIn(content);
  // What it lacks is meant to come from another document.
  if (action !== undefined) return { mistakes: [action], meant: new Set(ALL_READ) };
  const mistakes: RuleError[] = [];
  const meant = new Set<string>();
  let unknown = 0;
  for (const key of Object.keys(content)) {
    if (ALL_READ.has(key) || ALSO_KNOWN.has(key) || OF_THEIR_OWN.has(key)) continue;
    unknown += 1;
    if (unknown > MOST_UNKNOWN) break;
    const near = slipOf(key, missing);
    if (near !== undefined) {
      mistakes.push(new RuleError(`there is no "${key}": is "${near}" meant?`, [key]));
      meant.add(near);
    } else if (isOfCorrelation(key, content)) mistakes.push(new RuleError(`"${key}" belongs under "correlation"`, [key]));
  }
  return { mistakes, meant };
}

const ACTIONS: readonly unknown[] = ['global', 'reset', 'repeat'];

/** Rules were made of several documents once. */
function actionIn({ action }: { readonly [key: string]: Plain }): RuleError | undefined {
  if (!ACTIONS.includes(action)) return undefined;
  return new RuleError(
    `"action: ${String(action)}" is obsolete: write into each rule all that is of it, and take "action" out`,
    ['action'],
  );
}

/** Of a document that does not say what it is, whatever it may be. */
function readOf(content: { readonly [key: string]: Plain }): readonly string[] {
  for (const [kind, keys] of READ) if (content[kind] !== undefined) return keys;
  return [...ALL_READ];
}

/** It stands too far to the left. */
function isOfCorrelation(key: string, { correlation }: { readonly [key: string]: Plain }): boolean {
  return isMap(correlation) && CORRELATION_KEYS.includes(key) && correlation[key] === undefined;
}
