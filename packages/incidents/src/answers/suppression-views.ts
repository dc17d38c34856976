import type { SuppressionView } from '@castellan/api';
import type { StoredSuppression } from '@castellan/storage';
import type { WrittenRules } from '../workspace-rules.js';
import { ruleOf } from './rule-views.js';

/** A rule that is gone is called by its id. */
export function suppressionView({ book }: WrittenRules, stored: StoredSuppression): SuppressionView {
  const { id, rule, subject, reason, until, madeBy, madeAt } = stored;
  return {
    id,
    rule: rule === null ? null : { id: rule, title: ruleOf(book, rule)?.title ?? rule },
    subject,
    reason,
    until: until.toISOString(),
    madeBy: madeBy.name,
    madeAt: madeAt.toISOString(),
  };
}
