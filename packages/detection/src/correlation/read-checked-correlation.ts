import { checkCorrelationKeys, meantKeys } from './correlation-keys.js';
import type { CorrelationRule } from './correlation-rule.js';
import { readCorrelation } from './read-correlation.js';
import { readFacts, sectionIn } from '../sigma/facts.js';
import { nearKey } from '../sigma/near-name.js';
import { checkOwnField } from '../sigma/own-fields.js';
import type { Placeholders } from '../sigma/placeholders.js';
import { eachOf, RuleError, readOrError, throwAll, together, under } from '../sigma/rule-error.js';
import type { Plain } from '../sigma/searches.js';

type Section = { readonly [key: string]: Plain };
interface Place {
  readonly file: string;
  readonly line: number;
}

/** Reads a correlation, and holds the fields under `x` that it asks for against those that there are. @throws RuleError of all mistakes */
export function readCheckedCorrelation(content: Section, place: Place, placeholders: Placeholders): CorrelationRule {
  const read = readOrError(() => readCorrelation(content, place, placeholders));
  const keys = () => under(['correlation'], () => checkCorrelationKeys(sectionIn(content, 'correlation')));
  if (!(read instanceof RuleError)) {
    together({ keys, fields: () => checkFields(read), aliases: () => checkAliases(read) });
    return read;
  }
  together({
    facts: () => readFacts(content, place, placeholders),
    section: () => throwAll(mistakesIn(sectionIn(content, 'correlation'), place)),
    keys,
  });
  throw read;
}

/** Parts without a mistake, each of which may stand in place of one with a mistake: all types know their rules and conditions. */
const SOUND: Section = {
  type: 'event_count',
  rules: ['one', 'other'],
  'group-by': [],
  aliases: {},
  timespan: '1h',
  condition: { gte: 1, field: 'a' },
  generate: false,
};

/** Of a section: when something is wrong with a part, the rest is read with a sound one in its place. */
function mistakesIn(section: Section, place: Place): readonly RuleError[] {
  const mistakes: RuleError[] = [];
  // What is missing because of a slip is told with the slip.
  let left: Section = { ...section, ...Object.fromEntries(meantKeys(section).map((key) => [key, SOUND[key] ?? null])) };
  for (const _ of Object.keys(SOUND)) {
    const content = { title: 'sound', correlation: left };
    const read = readOrError(() => {
      const rule = readCorrelation(content, place, {});
      checkFields(rule);
    });
    if (!(read instanceof RuleError)) break;
    for (const mistake of read.each) {
      const [, named = ''] = mistake.path;
      // Times of a condition are told without it.
      const part = Object.hasOwn(SOUND, named) ? named : 'condition';
      mistakes.push(part === named ? mistake : new RuleError(mistake.message, ['correlation', part, ...mistake.path.slice(1)]));
      // What its condition must have the type says.
      const parts = part === 'type' ? ['type', 'condition'] : [part];
      left = { ...left, ...Object.fromEntries(parts.map((one) => [one, SOUND[one] ?? null])) };
    }
  }
  return mistakes;
}

function checkFields({ groupBy, aliases, kind }: CorrelationRule): void {
  const grouped = groupBy.flatMap((field, n) => (aliases.has(field) ? [] : [[field, ['group-by', n]] as const]));
  const meant = [...aliases].flatMap(([alias, fields]) =>
    [...fields].map(([rule, field]) => [field, ['aliases', alias, rule]] as const),
  );
  const counted = valuesOf(kind).flatMap((field, n) =>
    aliases.has(field) ? [] : [[field, ['condition', 'field', n]] as const],
  );
  eachOf([...grouped, ...meant, ...counted], ([field, path]) => under(['correlation', ...path], () => checkOwnField(field)));
}

const MOST_UNUSED = 5;

/** One that nothing is grouped by or counted may be a slip of one. */
function checkAliases({ groupBy, aliases, kind }: CorrelationRule): void {
  const used = [...groupBy, ...valuesOf(kind)];
  const unused = [...aliases.keys()].filter((alias) => !used.includes(alias));
  // More are not told, and to look for each among thousands takes a while.
  eachOf(unused.slice(0, MOST_UNUSED), (alias) => {
    const near = nearKey(alias, used);
    if (near !== undefined)
      throw new RuleError(`nothing is grouped by it: is "${near}" meant?`, ['correlation', 'aliases', alias]);
  });
}

function valuesOf(kind: CorrelationRule['kind']): readonly string[] {
  if (kind.type === 'geo_velocity') return [`${kind.field}.lat`];
  if ('fields' in kind) return kind.fields;
  return 'field' in kind ? [kind.field] : [];
}
