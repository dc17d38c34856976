import type { RuleFileDetail, RuleFileView } from '@castellan/api';
import type { StoredRuleFile } from '@castellan/storage';
import type { WrittenRules } from '../workspace-rules.js';
import { problemView } from './problem-view.js';
import { rulesOf } from './rule-views.js';

/** What of a file can be used beside all others, and what is wrong with the rest. */
export function ruleFileView(written: WrittenRules, { id, name, enabled, changedBy, changedAt }: StoredRuleFile): RuleFileView {
  const book = enabled ? written.book : written.all;
  const isOwn = ({ file }: { readonly file: string }): boolean => file === name;
  return {
    id,
    name,
    enabled,
    rules: rulesOf(book).filter(isOwn).length,
    filters: book.filters.filter(isOwn).length,
    problems: book.problems.filter(isOwn).map((one) => problemView(one, written.fileIds)),
    notes: written.notes.filter(isOwn).map((one) => problemView(one, written.fileIds)),
    changedBy: changedBy.name,
    changedAt: changedAt.toISOString(),
  };
}

export function ruleFileDetail(written: WrittenRules, file: StoredRuleFile): RuleFileDetail {
  return { ...ruleFileView(written, file), content: file.content };
}
