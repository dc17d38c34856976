import type { RuleCheckView } from '@castellan/api';
import { readRulesBesides } from '@castellan/detection';
import { rulesOf } from '../answers/rule-views.js';
import type { Lists } from '../set-by-workspace.js';

/** What of a text can be used as rules and filters, by itself, and what is wrong with the rest. Others are served meanwhile. */
export async function checkedRules(content: string, { placeholders }: Pick<Lists, 'placeholders'>): Promise<RuleCheckView> {
  const book = await readRulesBesides([{ name: 'content', text: content }], placeholders);
  return { problems: book.problems, rules: rulesOf(book).length, filters: book.filters.length };
}
