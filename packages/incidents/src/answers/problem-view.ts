import type { KeptRuleProblemView } from '@castellan/api';
import type { RuleProblem } from '@castellan/detection';

/** @param fileIds of files that were uploaded, by their names */
export function problemView(
  { file, line, ruleLine, message }: RuleProblem,
  fileIds: ReadonlyMap<string, string>,
): KeptRuleProblemView {
  return { file, fileId: fileIds.get(file) ?? null, line, ruleLine, message };
}
