import type { IncidentDetail } from '@castellan/api';
import { SEVERITIES } from '@castellan/api';

export interface ResponseStep {
  readonly text: string;
  /** Titles of other rules that say the same. */
  readonly also: readonly string[];
}

/** What one rule says that those before it have not said. */
export interface StepsOfRule {
  readonly title: string;
  readonly steps: readonly ResponseStep[];
}

/** Steps by rule: those of the rule that the incident is called by first, then the worst first. What several say stands once, at the first of them. */
export function stepsByRule({ rule, found }: Pick<IncidentDetail, 'rule' | 'found'>): readonly StepsOfRule[] {
  const rank = (one: IncidentDetail['found'][number]): number =>
    one.rule.id === rule.id ? Number.POSITIVE_INFINITY : SEVERITIES.indexOf(one.severity);
  const rules = [
    ...new Map(found.toSorted((one, other) => rank(other) - rank(one)).map((one) => [one.rule.id, one.rule])).values(),
  ];
  const said = new Set<string>();
  return rules.flatMap(({ id, title, response }) => {
    const own = response.filter((text) => !said.has(sameAs(text)) && said.add(sameAs(text)));
    const steps = own.map((text) => ({
      text,
      also: rules
        .filter((one) => one.id !== id && one.response.some((theirs) => sameAs(theirs) === sameAs(text)))
        .map((one) => one.title),
    }));
    return steps.length === 0 ? [] : [{ title, steps }];
  });
}

/** Authors differ in a full stop or a capital. */
function sameAs(text: string): string {
  return text.trim().replace(/\.$/, '').replaceAll(/\s+/g, ' ').toLowerCase();
}
