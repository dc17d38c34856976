/** `---` begins a document and `...` ends one, wherever they stand first in a line: no text of YAML has them there. */
const BOUNDARY = /^(?:---|\.\.\.)(?=\s|$)/;

/** A rule as it stands in its file, with the remarks in front of it. @param line at which it begins, from 1 */
export function ruleText(file: string, line: number): string {
  const lines = file.split(/\r?\n/);
  const before = lines.slice(0, line - 1).findLastIndex((one) => BOUNDARY.test(one));
  const behind = lines.slice(line).findIndex((one) => BOUNDARY.test(one));
  return `${lines
    .slice(before + 1, behind === -1 ? undefined : line + behind)
    .join('\n')
    .trim()}\n`;
}
