import { readFacts, sectionIn, textIn, textsIn } from '../sigma/facts.js';
import type { Placeholders } from '../sigma/placeholders.js';
import { RuleError, under } from '../sigma/rule-error.js';
import { isMap, type Plain } from '../sigma/searches.js';
import { Weight } from '../sigma/weight.js';
import { COMPARISONS } from './correlation-keys.js';
import { type Bounds, type CorrelationKind, type CorrelationRule, MOST_ENTRIES } from './correlation-rule.js';

type Section = { readonly [key: string]: Plain };

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** What is kept of a group grows with it. */
const LONGEST_MS = 400 * 86_400_000;
/** In front of the types that are ours. */
const OWN = 'castellan.';

/** In ms, of an event that was written to be slow. */
const MOST_OF_LEVELS = 80;
const OWN_LEVELS = ['castellan', 'levels'];

/** @throws RuleError */
export function readCorrelation(
  content: Section,
  place: { readonly file: string; readonly line: number },
  placeholders: Placeholders,
): CorrelationRule {
  const section = sectionIn(content, 'correlation');
  const facts = readFacts(content, place, placeholders);
  // They are asked of each event at once, and not in parts.
  if (new Weight(facts.own.levels.map(({ when }) => when)).most > MOST_OF_LEVELS)
    throw new RuleError('for levels a correlation may ask for less: for whole values, and for few expressions', OWN_LEVELS);
  return under(['correlation'], () => {
    const rules = textsIn(section, 'rules');
    if (rules.length === 0) throw new RuleError('"rules" names nobody', ['rules']);
    if (new Set(rules).size !== rules.length) throw new RuleError('"rules" names one twice', ['rules']);
    return {
      type: 'correlation',
      ...facts,
      kind: kindOf(section, rules.length),
      rules,
      groupBy: textsIn(section, 'group-by'),
      aliases: aliasesIn(section),
      spanMs: spanIn(section, 'timespan'),
      // The schema of the specification has it beside the level, others under `correlation`.
      generate: generateIn(content) || generateIn(section),
    };
  });
}

function kindOf(section: Section, rules: number): CorrelationKind {
  const type = textIn(section, 'type');
  if (type === undefined) throw new RuleError('"type" is missing', ['type']);
  const condition = conditionIn(section);
  const bounds = () => boundsIn(condition);
  const several = (least: number) => {
    if (rules < least) throw new RuleError(`"${type}" is about ${least} rules at least`, ['rules']);
  };
  switch (type) {
    case 'event_count':
      return { type, bounds: countBounds(bounds()) };
    case 'value_count':
      return { type, bounds: countBounds(bounds()), fields: fieldsIn(condition) };
    case 'value_sum':
    case 'value_avg':
      return { type, bounds: bounds(), field: fieldIn(condition) };
    case 'value_percentile':
      return { type, bounds: bounds(), field: fieldIn(condition), percentile: numberIn(condition, 'percentile', 50, 0, 100) };
    case 'temporal':
      return { type, bounds: Object.keys(condition).length === 0 ? undefined : bounds() };
    case 'temporal_ordered':
      several(2);
      return { type };
    case `${OWN}new_value`:
      return { type: 'new_value', fields: fieldsIn(condition), learnedSeconds: spanIn(condition, 'learned', 0) / 1_000 };
    case `${OWN}absence`:
      several(2);
      return { type: 'absence' };
    case `${OWN}geo_velocity`:
      return {
        type: 'geo_velocity',
        bounds: bounds(),
        field: textIn(condition, 'field') ?? 'client.geographicalContext.geolocation',
        leastKm: numberIn(condition, 'km', 0, 0, 20_100),
      };
    case `${OWN}ratio`:
      several(2);
      return { type: 'ratio', bounds: bounds(), least: numberIn(condition, 'least', 1, 1, MOST_ENTRIES) };
    default:
      throw new RuleError(`there is no correlation "${type}"`, ['type']);
  }
}

function conditionIn(section: Section): Section {
  const condition = section['condition'];
  if (condition === undefined || condition === null) return {};
  if (isMap(condition)) return condition;
  throw new RuleError(`it is no map: write condition: ${meantBy(condition)}`, ['condition']);
}

/** As others write comparisons. */
const SIGNS: Readonly<Record<string, (typeof COMPARISONS)[number]>> = {
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '=': 'eq',
  '==': 'eq',
  '!=': 'neq',
};

/** `> 5` as a map. */
function meantBy(condition: Plain): string {
  const [, sign = '', value] = /^\s*([<>=!]{1,2})\s*(\d{1,9}(?:\.\d{1,9})?)\s*$/.exec(String(condition)) ?? [];
  const comparison = SIGNS[sign];
  if (comparison !== undefined && value !== undefined) return `{ ${comparison}: ${value} }`;
  return typeof condition === 'number' ? `{ gte: ${condition} }` : '{ gte: 5 }';
}

function boundsIn(condition: Section): Bounds {
  const bounds = Object.fromEntries(
    COMPARISONS.flatMap((name) => {
      const value = condition[name];
      if (value === undefined) return [];
      if (typeof value === 'number' && Number.isFinite(value)) return [[name, value]];
      const isQuoted = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
      const hint = isQuoted ? `: write ${name}: ${value.trim()}, without quotes` : '';
      throw new RuleError(`"${name}" needs a number${hint}`, ['condition', name]);
    }),
  );
  if (Object.keys(bounds).length > 0) return bounds;
  throw new RuleError(`it needs one of ${COMPARISONS.join(', ')}: write condition: { gte: 5 }`, ['condition']);
}

/** @throws RuleError it waits for more than are kept */
function countBounds(counted: Bounds): Bounds {
  const least = Math.max(counted.gt ?? 0, counted.gte ?? 0, counted.eq ?? 0);
  if (least > MOST_ENTRIES) throw new RuleError(`of a group ${MOST_ENTRIES} are counted, and not ${least}`, ['condition']);
  return counted;
}

function fieldsIn(condition: Section): readonly string[] {
  const fields = under(['condition'], () => textsIn(condition, 'field'));
  if (fields.length > 0) return fields;
  throw new RuleError('"field" is missing', ['condition']);
}

function fieldIn(condition: Section): string {
  const [field, ...others] = fieldsIn(condition);
  if (field !== undefined && others.length === 0) return field;
  throw new RuleError('"field" is one field', ['condition', 'field']);
}

function numberIn(condition: Section, name: string, byDefault: number, min: number, max: number): number {
  const value = condition[name] ?? byDefault;
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new RuleError(`"${name}" is a number from ${min} to ${max}`, ['condition', name]);
}

function spanIn(section: Section, name: string, byDefault?: number): number {
  const text = textIn(section, name);
  if (text === undefined && byDefault !== undefined) return byDefault;
  const span = spanOf(text ?? '');
  if (span !== undefined) return span;
  throw new RuleError(`"${name}" is a time like 30s, 15m, 2h or 7d, of at most 400d`, [name]);
}

/** `90m` in ms; `undefined`: it is no time, or too long. */
export function spanOf(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const span = Number(count) * (UNITS[unit] ?? 0) * 1_000;
  return span > 0 && span <= LONGEST_MS ? span : undefined;
}

/** The shortest text for a time span in ms: `90m`, `2h`. */
export function spanText(ms: number): string {
  const seconds = ms / 1_000;
  const [unit = 's', size = 1] = Object.entries(UNITS).findLast(([, one]) => seconds % one === 0) ?? [];
  return `${seconds / size}${unit}`;
}

function generateIn(section: Section): boolean {
  const { generate = null } = section;
  if (generate === null || typeof generate === 'boolean') return generate === true;
  throw new RuleError('"generate" is true or false', ['generate']);
}

function aliasesIn(section: Section): CorrelationRule['aliases'] {
  const aliases = section['aliases'];
  if (aliases === undefined || aliases === null) return new Map();
  if (!isMap(aliases)) throw new RuleError('it is no map', ['aliases']);
  return new Map(
    Object.entries(aliases).map(([alias, fields]) => {
      if (!isMap(fields)) throw new RuleError('it is no map of rules and fields', ['aliases', alias]);
      return [
        alias,
        new Map(
          Object.entries(fields).map(([rule, field]) => {
            if (typeof field === 'string') return [rule, field];
            throw new RuleError('it is no name of a field', ['aliases', alias, rule]);
          }),
        ),
      ];
    }),
  );
}
