import { besides } from '../besides.js';
import type { RuleFile } from '../rule-book.js';
import { MOST_UNKNOWN, slipOfPath } from '../sigma/near-name.js';
import type { RuleProblem } from '../sigma/rule.js';
import { type YamlDocument, yamlDocuments } from '../sigma/yaml-documents.js';
import { askedIn } from './asked.js';
import { factSlips, type Slip } from './fact-slips.js';
import { type ProductWords, productsOf, sourceOf, type Vocabulary } from './vocabulary.js';

/** What is odd about a rule that is used all the same: nobody knows all events that there may be. */
export type RuleNote = RuleProblem;

/**
 * What files ask for that no rule of ours does, and that is nearly something that one does: a rule with such a slip finds nothing,
 * and nobody notices. And what rules say of themselves, and is not understood. Others are served meanwhile.
 */
export async function notesOf(files: readonly RuleFile[], vocabulary: Vocabulary): Promise<readonly RuleNote[]> {
  return besides(readInSteps(files, vocabulary));
}

/** Of one rule so many are told: with more it is somebody else's format. */
const MOST_NOTES = 20;

/** A step is a document. */
function* readInSteps(files: readonly RuleFile[], vocabulary: Vocabulary): Generator<void, readonly RuleNote[]> {
  const notes: RuleNote[] = [];
  for (const { name: file, text } of files) {
    const documents: YamlDocument[] = [];
    for (const document of yamlDocuments(text, file)) {
      if (!('message' in document)) documents.push(document);
      yield;
    }
    const ofFile = productsOf(documents);
    for (const document of documents) {
      const slips = [...factSlips(document.content), ...slipsOf(document.content, ofFile, vocabulary)];
      for (const { path, says } of slips.slice(0, MOST_NOTES))
        notes.push({ file, line: document.lineOf(path), ruleLine: document.line, message: `${path.join('.')}: ${says}` });
      yield;
    }
  }
  return notes;
}

function slipsOf(content: YamlDocument['content'], ofFile: ReadonlySet<string>, { products }: Vocabulary): readonly Slip[] {
  const { product, service } = sourceOf(content);
  const said = product?.toLowerCase();
  const meant = said === undefined || products.has(said) ? undefined : slipOfPath(said, products.keys(), new Set());
  const slips: Slip[] = [];
  if (meant !== undefined) slips.push(slip(['logsource', 'product'], `product "${product}"`, meant));
  const own = meant ?? said;
  // A correlation says of no product: those of its file are meant.
  const wanted = own === undefined ? ofFile : new Set([own]);
  const words = [...products].flatMap(([name, one]) => (wanted.size === 0 || wanted.has(name) ? [one] : []));
  if (words.length === 0) return slips;
  const near = service === undefined ? undefined : nearIn(words, service, (one) => one.services);
  if (near !== undefined) slips.push(slip(['logsource', 'service'], `service "${service}"`, near));
  return [...slips, ...slipsAsked(content, words)];
}

function slipsAsked(content: YamlDocument['content'], words: readonly ProductWords[]): readonly Slip[] {
  const slips: Slip[] = [];
  /** What is looked for among all: of more of them it is somebody else's format. */
  let unknown = 0;
  const look = (name: string, known: (one: ProductWords) => ReadonlyMap<string, string> | undefined): string | undefined => {
    if (words.some((one) => known(one)?.has(name.toLowerCase()))) return undefined;
    unknown += 1;
    return unknown > MOST_UNKNOWN ? undefined : nearIn(words, name, known);
  };
  for (const { field, path, texts } of askedIn(content)) {
    // What is under `x` is ours: that it is there is known, and not only guessed.
    if (/^x(?:\.|$)/i.test(field)) continue;
    const near = look(field, (one) => one.fields);
    if (near !== undefined) slips.push(slip(path, `field "${field}"`, near));
    const isOfFew = words.some((one) => one.texts.has((near ?? field).toLowerCase()));
    for (const { text, path: at } of isOfFew ? texts : []) {
      const value = look(text, (one) => one.texts.get((near ?? field).toLowerCase()));
      if (value !== undefined) slips.push(slip(at, `value "${text}" of ${near ?? field}`, value));
    }
  }
  return slips;
}

function nearIn(
  words: readonly ProductWords[],
  name: string,
  known: (one: ProductWords) => ReadonlyMap<string, string> | undefined,
): string | undefined {
  if (words.some((one) => known(one)?.has(name.toLowerCase()))) return undefined;
  for (const one of words) {
    const near = slipOfPath(name, known(one)?.values() ?? [], one.parts);
    if (near !== undefined) return near;
  }
  return undefined;
}

const slip = (path: Slip['path'], what: string, near: string): Slip => ({
  path,
  says: `our rules know no ${what}: is "${near}" meant?`,
});
