import type { RuleCheckView } from '@castellan/api';
import { notesOf, readRulesBesides, type Vocabulary } from '@castellan/detection';
import { rulesOf } from '../answers/rule-views.js';
import type { Lists } from '../set-by-workspace.js';

/**
 * What of a text can be used as rules and filters, by itself, and what is wrong with the rest. Others are served meanwhile.
 * @param vocabulary of rules that are known to be right
 */
export async function checkedRules(
  content: string,
  { placeholders }: Pick<Lists, 'placeholders'>,
  vocabulary: Vocabulary,
): Promise<RuleCheckView> {
  const files = [{ name: 'content', text: content }];
  const book = await readRulesBesides(files, placeholders);
  const notes = await notesOf(files, vocabulary);
  return { problems: book.problems, notes, rules: rulesOf(book).length, filters: book.filters.length };
}
