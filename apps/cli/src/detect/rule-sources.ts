import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  notesOf,
  otherFiles,
  ourRules,
  type Placeholders,
  readRuleFolder,
  readRules,
  type RuleBook,
  type RuleFile,
  vocabularyOf,
} from '@castellan/detection';
import { UsageError } from '../exit-code.js';
import type { Output } from '../output.js';

/** What stands for our own rules in place of a folder. */
export const BUILTIN = 'builtin';

/** How many files there are, of ours and of others. */
export interface RuleFiles {
  readonly own: number;
  readonly others: number;
}

export interface RuleOptions {
  readonly placeholders: Placeholders;
  /** Of the log: rules of others are left out; `undefined`: none is. */
  readonly products: readonly string[] | undefined;
  /** By id: products of which there may be a log. */
  readonly connectors: readonly string[];
}

/** @param sources folders, files, or `builtin` @throws UsageError one is not there, or nothing of them can be used */
export async function rulesOf(
  sources: readonly string[],
  { placeholders, products, connectors }: RuleOptions,
  output: Output,
): Promise<{ readonly book: RuleBook; readonly files: RuleFiles }> {
  const bySource = await Promise.all(sources.map(filesOf));
  for (const source of sources) await sayOtherFiles(source, output);
  const files = bySource.flat();
  const others = bySource.flatMap((some, n) => (sources[n] === BUILTIN ? [] : some));
  const book = readRules(files, placeholders, products);
  for (const problem of book.problems) output.say(problemLine(problem));
  await sayNotes(others, output);
  if (book.elsewhere.rules > 0) output.say(elsewhereSaid(book));
  if (products === undefined) sayProducts(book, connectors, output);
  if (book.detections.length > 0) return { book, files: { own: files.length - others.length, others: others.length } };
  throw new UsageError(whyNone(book, sources));
}

/** What is nearly something that our rules ask for. */
async function sayNotes(files: readonly RuleFile[], output: Output): Promise<void> {
  if (files.length === 0) return;
  for (const { message, ...place } of await notesOf(files, await vocabularyOf(await ourRules())))
    output.say(problemLine({ ...place, message: `Note: ${message}` }));
}

/** What has been said before is not said again. */
function whyNone({ problems, elsewhere }: RuleBook, sources: readonly string[]): string {
  if (elsewhere.rules === 0 && problems.length === 0)
    return `There is no rule in ${sources.join(', ')}: rules are files *.yml and *.yaml.`;
  return `No rule of ${sources.join(', ')} can be used: see above.`;
}

function elsewhereSaid({ elsewhere: { rules, products } }: RuleBook): string {
  const are = rules === 1 ? '1 rule is for another product' : `${rules} rules are for other products`;
  return `Note: ${are} and left out: ${products.join(', ')}. --product says of which the log is.`;
}

/** Whose log it is nobody has said, and rules may be meant for others. */
function sayProducts({ detections }: RuleBook, connectors: readonly string[], output: Output): void {
  const named = detections.flatMap(({ logSource: { product } }) => product?.toLowerCase() ?? []);
  const others = named.filter((product) => !connectors.includes(product));
  if (others.length === 0) return;
  const are = others.length === 1 ? '1 rule names a product' : `${others.length} rules name products`;
  const products = [...new Set(others)].toSorted().join(', ');
  output.say(`Note: ${are} without a connector, and all rules are used: ${products}. --product says whose log it is.`);
}

const MOST_NAMED = 3;

/** A rule in a file that is not read would be missed by nobody. */
async function sayOtherFiles(source: string, output: Output): Promise<void> {
  if (source === BUILTIN || !(await stat(source)).isDirectory()) return;
  const others = await otherFiles(source);
  if (others.length === 0) return;
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
  const are = others.length === 1 ? 'is a file that is' : 'are files that are';
  output.say(
    `Note: in ${source} there ${are} not read, since rules are *.yml and *.yaml: ${others.slice(0, MOST_NAMED).join(', ')}${more}.`,
  );
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
