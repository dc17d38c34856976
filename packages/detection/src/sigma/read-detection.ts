import { readCondition, type Searches } from './condition.js';
import { anyOf, type Expression } from './expression.js';
import { readFacts, readLogSource, sectionIn, textsIn } from './facts.js';
import { slipOf } from './near-name.js';
import type { Placeholders } from './placeholders.js';
import type { DetectionRule } from './rule.js';
import { checkOwnField } from './own-fields.js';
import { eachOf, RuleError, throwAll, together, under } from './rule-error.js';
import { isList, isMap, type Plain, readSearches } from './searches.js';

type Section = { readonly [key: string]: Plain };

/** @throws RuleError */
export function readDetection(
  content: Section,
  place: { readonly file: string; readonly line: number },
  placeholders: Placeholders,
): DetectionRule {
  const { facts, ...own } = together({
    facts: () => readFacts(content, place, placeholders),
    logSource: () => readLogSource(content),
    expression: () => conditionsIn(sectionIn(content, 'detection'), placeholders),
    fields: () => fieldsIn(content),
  });
  return { type: 'detection', ...facts, ...own };
}

const conditionsIn = (detection: Section, placeholders: Placeholders): Expression =>
  under(['detection'], () => readConditions(detection, placeholders));

function fieldsIn(content: Section): readonly string[] {
  const fields = textsIn(content, 'fields');
  eachOf(fields.entries(), ([n, field]) => under(['fields', n], () => checkOwnField(field, true)));
  return fields;
}

/** To read them takes some milliseconds for each. */
const MOST_EXPRESSIONS = 100;

function expressionsIn(plain: Plain): number {
  if (isList(plain)) return plain.reduce<number>((sum, one) => sum + expressionsIn(one), 0);
  if (!isMap(plain)) return 0;
  return Object.entries(plain).reduce((sum, [key, value]) => {
    const isExpression = key.toLowerCase().split('|').includes('re', 1);
    return sum + (isExpression ? (isList(value) ? value.length : 1) : expressionsIn(value));
  }, 0);
}

/** Several conditions are alternatives. */
export function readConditions({ condition, timeframe, ...section }: Section, placeholders: Placeholders): Expression {
  if (expressionsIn(section) > MOST_EXPRESSIONS)
    throw new RuleError(`more than ${MOST_EXPRESSIONS} regular expressions: write those that are alike as one`);
  const read = readSearches(section, placeholders);
  const { expression } = together({
    timeframe: () => {
      const slip = Object.keys(section).find((one) => !isSearch(section[one]) && isSlipOf(one, 'timeframe'));
      const key = timeframe === undefined ? slip : 'timeframe';
      if (key !== undefined) throw new RuleError('"timeframe" is obsolete: write a correlation instead', [key]);
    },
    searches: () => throwAll([...read.values()].filter((search) => search instanceof RuleError)),
    expression: () => conditionsOf(condition, new Map([...read].map(([name, one]) => [name, readable(one)]))),
  });
  return expression;
}

/** In place of a search that cannot be read: conditions may name it. */
const UNREAD: Expression = { type: 'or', of: [] };

const readable = (search: Expression | RuleError): Expression => (search instanceof RuleError ? UNREAD : search);

function conditionsOf(condition: Plain | undefined, searches: Searches): Expression {
  if (condition === undefined) throw noCondition([...searches.keys()]);
  if (searches.size === 0) throw new RuleError('there is no search beside the condition');
  if (!isList(condition)) return under(['condition'], () => oneCondition(condition, searches));
  if (condition.length === 0) throw new RuleError('it is empty', ['condition']);
  return anyOf(eachOf(condition.entries(), ([n, one]) => under(['condition', n], () => oneCondition(one, searches))));
}

/** A time is a text alone. */
const isSearch = (value: Plain | undefined): boolean => isList(value) || isMap(value);

const isSlipOf = (key: string, meant: string): boolean => slipOf(key, [meant]) !== undefined;

function noCondition(others: readonly string[]): RuleError {
  const slip = others.find((key) => isSlipOf(key, 'condition'));
  if (slip === undefined) return new RuleError('"condition" is missing');
  return new RuleError(`there is no "${slip}": is "condition" meant?`, [slip]);
}

function oneCondition(condition: Plain, searches: Searches): Expression {
  if (typeof condition !== 'string') throw new RuleError('a condition is a text');
  return readCondition(condition, searches);
}
