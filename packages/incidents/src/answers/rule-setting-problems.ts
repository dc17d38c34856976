import type { FieldProblem, RuleSettingInput } from '@castellan/api';
import { spanOf } from '@castellan/detection';
import { type AnyRule, boundsOf } from './rule-views.js';

/** What of a setting does not fit a rule; what is no setting at all has been refused before. */
export function ruleSettingProblems(rule: AnyRule, { bounds, timespan }: RuleSettingInput): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const own = boundsOf(rule);
  if (bounds !== undefined && bounds !== null && own === undefined)
    problems.push({ field: 'bounds', message: 'This rule compares no number.' });
  else if (bounds?.least !== undefined && own?.least === undefined)
    problems.push({ field: 'bounds.least', message: 'Only a rule that compares how many there are for each other has it.' });
  if (timespan === undefined || timespan === null) return problems;
  if (rule.type !== 'correlation')
    problems.push({ field: 'timespan', message: 'This rule is about one event: only a correlation has a time span.' });
  else if (spanOf(timespan) === undefined)
    problems.push({ field: 'timespan', message: 'Must be a time like 30s, 15m, 2h or 7d, of at most 400d.' });
  return problems;
}
