import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ourRules, type Placeholders, readRuleFolder, readRules, type RuleBook, type RuleFile } from '@castellan/detection';
import { UsageError } from '../exit-code.js';

/** What stands for our own rules in place of a folder. */
export const BUILTIN = 'builtin';

/** How many files there are, of ours and of others. */
export interface RuleFiles {
  readonly own: number;
  readonly others: number;
}

/** @param sources folders, files, or `builtin` @throws UsageError one is not there, or nothing of them can be used */
export async function rulesOf(
  sources: readonly string[],
  placeholders: Placeholders,
): Promise<{ readonly book: RuleBook; readonly files: RuleFiles }> {
  const bySource = await Promise.all(sources.map(filesOf));
  const files = bySource.flat();
  const own = bySource.flatMap((some, n) => (sources[n] === BUILTIN ? some : [])).length;
  const book = readRules(files, placeholders);
  if (book.detections.length > 0) return { book, files: { own, others: files.length - own } };
  const why = book.problems.map(problemLine).join('\n');
  throw new UsageError(why === '' ? `There is no rule in ${sources.join(', ')}: rules are files *.yml.` : why);
}

async function filesOf(source: string): Promise<readonly RuleFile[]> {
  if (source === BUILTIN) return ourRules();
  try {
    if (!(await stat(source)).isDirectory()) return [{ name: basename(source), text: await readFile(source, 'utf8') }];
    return await readRuleFolder(source);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'not readable';
    throw new UsageError(`The rules ${source} cannot be read (${code}). Name a folder, a file or "${BUILTIN}".`);
  }
}

/** As compilers write it, so that editors find the place. */
export function problemLine({ file, line, message }: RuleBook['problems'][number]): string {
  return `${file}:${line}: ${message}`;
}

/** `admins=ann@acme.test,ben@acme.test` */
export function parsePlaceholder(text: string): readonly [name: string, values: readonly string[]] | undefined {
  const at = text.indexOf('=');
  const values = text
    .slice(at + 1)
    .split(',')
    .filter((value) => value !== '');
  return at < 1 || values.length === 0 ? undefined : [text.slice(0, at), values];
}
