import { atOnce, besides } from './besides.js';
import { aliasMistakes } from './correlation/alias-mistakes.js';
import type { CorrelationRule } from './correlation/correlation-rule.js';
import { type Linked, link, whyMissing } from './correlation/linked.js';
import { readCheckedCorrelation } from './correlation/read-checked-correlation.js';
import { missingReferences } from './missing-references.js';
import type { Placeholders } from './sigma/placeholders.js';
import { readDetection } from './sigma/read-detection.js';
import { type Filter, FiltersByRule, readFilter } from './sigma/read-filter.js';
import { type DetectionRule, type LogSource, namesOf, type RuleFacts, type RuleProblem } from './sigma/rule.js';
import { eachOf, MOST_FOUND, readOrError, RuleError, throwAll } from './sigma/rule-error.js';
import { type KeySlips, slipsIn } from './sigma/rule-keys.js';
import { type YamlDocument, yamlDocuments } from './sigma/yaml-documents.js';

export interface RuleFile {
  /** As it is named in problems. */
  readonly name: string;
  readonly text: string;
}

/** Rules that go together: correlations know the detections that they are about, detections leave out what filters suppress. */
export interface RuleBook {
  readonly detections: readonly DetectionRule[];
  readonly linked: Omit<Linked, 'problems'>;
  readonly filters: readonly Filter[];
  /** Ids of those that are part of a correlation of their own file, and are not told by themselves. */
  readonly silent: ReadonlySet<string>;
  readonly problems: readonly RuleProblem[];
  readonly elsewhere: Elsewhere;
}

/** Rules that were left out: detections of other products, and correlations that are about one. */
export interface Elsewhere {
  readonly rules: number;
  /** Of which they are, in small letters and in order. */
  readonly products: readonly string[];
}

/** As log sources name it, or several. */
type Product = string | readonly string[] | undefined;

/**
 * Reads all rules of all files; one with a mistake is told, and stops no other.
 * @param product of the log: detections of another one are left out
 */
export function readRules(files: readonly RuleFile[], placeholders: Placeholders = {}, product?: Product): RuleBook {
  return atOnce(readInSteps(files, placeholders, product));
}

/** The same for a process that has others to serve: they are served between two rules. */
export function readRulesBesides(
  files: readonly RuleFile[],
  placeholders: Placeholders = {},
  product?: Product,
): Promise<RuleBook> {
  return besides(readInSteps(files, placeholders, product));
}

/** A step is a rule. */
function* readInSteps(files: readonly RuleFile[], placeholders: Placeholders, product: Product): Generator<void, RuleBook> {
  const read: Read = {
    detections: [],
    correlations: [],
    filters: [],
    ofAll: 0,
    wrong: [],
    taken: new Map(),
    faulty: new Map(),
    aliased: [],
  };
  for (const { name: file, text } of files)
    for (const document of yamlDocuments(text, file)) {
      if ('message' in document) read.wrong.push(() => [document]);
      else readOne(read, document, file, placeholders);
      yield;
    }
  const sound = withoutWrongAliases(read);
  const filters = new FiltersByRule(read.filters);
  const ofProduct = read.detections.filter(({ logSource }) => isOfProduct(logSource, product));
  const detections = ofProduct.map((rule) => filters.filtered(rule));
  const kept = new Set(ofProduct);
  const elsewhere = read.detections.filter((rule) => !kept.has(rule));
  const correlations = elsewhere.length === 0 ? sound : withoutThose(sound, elsewhere);
  const { problems, ...linked } = link(detections, correlations, read.faulty);
  return {
    detections,
    linked,
    filters: read.filters,
    silent: silenced(read.detections, sound),
    problems: [...read.wrong.flatMap((told) => told()), ...problems, ...withoutRules(read)],
    elsewhere: {
      rules: elsewhere.length + sound.length - correlations.length,
      products: [...new Set(elsewhere.flatMap(({ logSource }) => logSource.product?.toLowerCase() ?? []))].toSorted(),
    },
  };
}

function isOfProduct({ product }: LogSource, wanted: Product): boolean {
  if (wanted === undefined || product === undefined) return true;
  return [wanted].flat().some((one) => one.toLowerCase() === product.toLowerCase());
}

/** Correlations that are about none of these, nor about one that is. */
function withoutThose(correlations: readonly CorrelationRule[], left: readonly RuleFacts[]): readonly CorrelationRule[] {
  const names = new Set(left.flatMap(namesOf));
  let kept = correlations;
  for (let before = Number.NaN; before !== kept.length; ) {
    before = kept.length;
    for (const rule of kept) if (rule.rules.some((name) => names.has(name))) for (const name of namesOf(rule)) names.add(name);
    kept = kept.filter((rule) => !rule.rules.some((name) => names.has(name)));
  }
  return kept;
}

interface Read {
  readonly detections: DetectionRule[];
  readonly correlations: CorrelationRule[];
  readonly filters: Filter[];
  /** Filters of all rules. */
  ofAll: number;
  /** What is told of documents that cannot be used, once all are read: rules that they are about may stand behind them. */
  readonly wrong: (() => readonly RuleProblem[])[];
  /** By id and by name. */
  readonly taken: Map<string, DetectionRule | CorrelationRule>;
  /** By what they are called, the first mistake of rules that have one. */
  readonly faulty: Map<string, RuleProblem>;
  /** Correlations with aliases, which are held against the rules that they are about when all are read. */
  readonly aliased: { readonly rule: CorrelationRule; readonly document: YamlDocument }[];
}

function readOne(read: Read, document: YamlDocument, file: string, placeholders: Placeholders): void {
  const { content, line } = document;
  const place = { file, line };
  const slips = slipsIn(content);
  try {
    const rule = soundRule(slips, () => readContent(content, slips, place, placeholders));
    keepRule(read, rule);
    if ('aliases' in rule && rule.aliases.size > 0) read.aliased.push({ rule, document });
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    tell(read, error, document, file);
  }
}

function tell(read: Read, error: RuleError, document: YamlDocument, file: string): void {
  read.wrong.push(() => {
    const missing = missingReferences(document.content, (name) => read.taken.has(name) || read.faulty.has(name));
    return problemsOf([...error.each, ...missing], document, file);
  });
  const [first] = problemsOf(error.each, document, file);
  if (first !== undefined) for (const name of namesIn(document.content)) read.faulty.set(name, first);
}

function withoutWrongAliases(read: Read): readonly CorrelationRule[] {
  const wrong = new Set<CorrelationRule>();
  for (const { rule, document } of read.aliased) {
    const error = readOrError(() => throwAll(aliasMistakes(rule, read.taken)));
    if (!(error instanceof RuleError)) continue;
    tell(read, error, document, rule.file);
    wrong.add(rule);
  }
  return wrong.size === 0 ? read.correlations : read.correlations.filter((rule) => !wrong.has(rule));
}

/** By what a rule that cannot be read is called, as far as that can be read. */
function namesIn({ id, name, title }: YamlDocument['content']): readonly string[] {
  const names = [id, name].filter((one) => one !== undefined && one !== null);
  return (names.length === 0 ? [title] : names).map(String);
}

type AnyRule = DetectionRule | CorrelationRule | Filter;

function readContent(
  content: YamlDocument['content'],
  { meant }: KeySlips,
  place: { readonly file: string; readonly line: number },
  placeholders: Placeholders,
): AnyRule {
  const isMeant = (key: string): boolean => key in content || meant.has(key);
  if (isMeant('filter')) return readFilter(content, place, placeholders);
  if (isMeant('correlation')) return readCheckedCorrelation(content, place, placeholders);
  return readDetection(content, place, placeholders);
}

/** @throws RuleError of all mistakes; that something is missing is none where it is there under a key with a slip */
function soundRule({ mistakes, meant }: KeySlips, read: () => AnyRule): AnyRule {
  const rule = readOrError(read);
  if (!(rule instanceof RuleError)) {
    throwAll(mistakes);
    return rule;
  }
  const others = rule.each.filter(({ path: [key] }) => typeof key !== 'string' || !meant.has(key));
  throwAll([...mistakes, ...others]);
  throw rule;
}

/** Each is asked of every event that a rule matches. */
const MOST_OF_ALL = 500;

function keepRule(read: Read, rule: AnyRule): void {
  if (!('type' in rule)) {
    if (rule.rules === 'any' && (read.ofAll += 1) > MOST_OF_ALL)
      throw new RuleError(`more than ${MOST_OF_ALL} filters of all rules: name those that it is about`, ['filter', 'rules']);
    read.filters.push(rule);
  } else if (rule.type === 'correlation') read.correlations.push(unique(read, rule));
  else read.detections.push(unique(read, rule));
}

/** Of one rule so many are told: who has repaired them reads it again. */
const MOST_MISTAKES = 20;

/** In the order of their lines. */
function problemsOf(each: readonly RuleError[], document: YamlDocument, file: string): readonly RuleProblem[] {
  const mistakes = each.slice(0, MOST_MISTAKES);
  const more = each.length - mistakes.length;
  const problems = mistakes.map(({ path, message }): RuleProblem => {
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    return { file, line: document.lineOf(path), ruleLine: document.line, message: sentence(`${where}${message}`) };
  });
  const sorted = problems.toSorted((one, other) => one.line - other.line);
  if (more === 0) return sorted;
  const mayBeMore = each.length < MOST_FOUND ? '' : ' or more';
  return [
    ...sorted,
    {
      file,
      line: document.line,
      ruleLine: document.line,
      message: `Mistakes of this rule that are not told here: ${more}${mayBeMore}.`,
    },
  ];
}

function unique<Rule extends DetectionRule | CorrelationRule>({ taken }: Read, rule: Rule): Rule {
  eachOf(rule.id === rule.name ? (['id'] as const) : (['id', 'name'] as const), (key) => {
    const other = taken.get(rule[key] ?? '');
    if (other === undefined) return;
    throw new RuleError(`"${rule[key] ?? ''}" is "${other.title}" already (${other.file}, line ${other.line})`, [key]);
  });
  for (const name of namesOf(rule)) taken.set(name, rule);
  return rule;
}

/** What is there to make a correlation is not told by itself. Of another file's rules a correlation silences none. */
function silenced(detections: readonly DetectionRule[], correlations: readonly CorrelationRule[]): ReadonlySet<string> {
  const silent = new Set<string>();
  /** By file and by what they are about. */
  const byName = new Map<string, CorrelationRule[]>();
  for (const correlation of correlations)
    for (const name of correlation.rules) {
      const key = `${correlation.file}\0${name}`;
      const others = byName.get(key);
      if (others === undefined) byName.set(key, [correlation]);
      else others.push(correlation);
    }
  for (const rule of [...detections, ...correlations]) {
    const about = namesOf(rule).flatMap((name) => byName.get(`${rule.file}\0${name}`) ?? []);
    if (about.length > 0 && about.every(({ generate }) => !generate)) silent.add(rule.id);
  }
  return silent;
}

function withoutRules({ filters, taken, faulty }: Read): readonly RuleProblem[] {
  return filters.flatMap(({ rules, title, file, line }) =>
    (rules === 'any' ? [] : rules).flatMap((name) => {
      const rule = taken.get(name);
      if (rule?.type === 'detection') return [];
      const what = rule === undefined ? whyMissing(faulty.get(name)) : 'a correlation: name the detections that it is about';
      return [{ file, line, ruleLine: line, message: `The filter "${title}" is about "${name}", ${what}.` }];
    }),
  );
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
