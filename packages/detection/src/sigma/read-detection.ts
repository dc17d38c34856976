import { readCondition, type Searches } from './condition.js';
import { anyOf, type Expression } from './expression.js';
import { readFacts, readLogSource, sectionIn, textsIn } from './facts.js';
import type { Placeholders } from './placeholders.js';
import type { DetectionRule } from './rule.js';
import { RuleError, under } from './rule-error.js';
import { isList, type Plain, readSearches } from './searches.js';

type Section = { readonly [key: string]: Plain };

/** @throws RuleError */
export function readDetection(
  content: Section,
  place: { readonly file: string; readonly line: number },
  placeholders: Placeholders,
): DetectionRule {
  const detection = sectionIn(content, 'detection');
  return {
    type: 'detection',
    ...readFacts(content, place, placeholders),
    logSource: readLogSource(content),
    expression: under(['detection'], () => readConditions(detection, placeholders)),
    fields: textsIn(content, 'fields'),
  };
}

/** Several conditions are alternatives. */
export function readConditions({ condition, timeframe, ...section }: Section, placeholders: Placeholders): Expression {
  if (timeframe !== undefined) throw new RuleError('"timeframe" is obsolete: write a correlation instead', ['timeframe']);
  if (condition === undefined) throw new RuleError('"condition" is missing');
  const searches = readSearches(section, placeholders);
  if (searches.size === 0) throw new RuleError('there is no search beside the condition');
  if (!isList(condition)) return under(['condition'], () => oneCondition(condition, searches));
  if (condition.length === 0) throw new RuleError('it is empty', ['condition']);
  return anyOf(condition.map((one, n) => under(['condition', n], () => oneCondition(one, searches))));
}

function oneCondition(condition: Plain, searches: Searches): Expression {
  if (typeof condition !== 'string') throw new RuleError('a condition is a text');
  return readCondition(condition, searches);
}
