import { besides } from '../besides.js';
import type { RuleFile } from '../rule-book.js';
import { isMap, type Plain } from '../sigma/searches.js';
import { type YamlDocument, yamlDocuments } from '../sigma/yaml-documents.js';
import { askedIn } from './asked.js';

/** What rules that are known to be right ask for: those of others are held against it. */
export interface Vocabulary {
  /** By product, in small letters. */
  readonly products: ReadonlyMap<string, ProductWords>;
}

/** All of these by how they are written, in small letters. */
export interface ProductWords {
  readonly services: ReadonlyMap<string, string>;
  /** With those that fields lie below: `debugContext`. */
  readonly fields: ReadonlyMap<string, string>;
  /** By field: what it is held against, of those of which there are only some. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What stands between dots. */
  readonly parts: ReadonlySet<string>;
}

/** Fields that have one of few values, in small letters. */
const OF_FEW_VALUES: ReadonlySet<string> = new Set(['eventtype', 'outcome.result', 'actor.type', 'target.type']);

/** @param files of rules that are known to be right: ours. Others are served meanwhile. */
export async function vocabularyOf(files: readonly RuleFile[]): Promise<Vocabulary> {
  return besides(readInSteps(files));
}

class Words implements ProductWords {
  readonly services = new Map<string, string>();
  readonly fields = new Map<string, string>();
  readonly texts = new Map<string, Map<string, string>>();
  readonly parts = new Set<string>();

  take(content: YamlDocument['content']): void {
    const { service } = sourceOf(content);
    if (service !== undefined) this.services.set(service.toLowerCase(), service);
    for (const { field, texts } of askedIn(content)) {
      this.#takeField(field);
      const small = field.toLowerCase();
      if (OF_FEW_VALUES.has(small)) for (const { text } of texts) this.#takeText(small, text);
    }
  }

  #takeField(field: string): void {
    const parts = field.split('.');
    for (const part of parts) this.parts.add(part.toLowerCase());
    for (let length = 1; length <= parts.length; length += 1) {
      const above = parts.slice(0, length).join('.');
      this.fields.set(above.toLowerCase(), above);
    }
  }

  #takeText(field: string, text: string): void {
    const known = this.texts.get(field) ?? new Map<string, string>();
    this.texts.set(field, known.set(text.toLowerCase(), text));
    for (const part of text.split('.')) this.parts.add(part.toLowerCase());
  }
}

/** A step is a document. */
function* readInSteps(files: readonly RuleFile[]): Generator<void, Vocabulary> {
  const products = new Map<string, Words>();
  for (const { name, text } of files) {
    const documents: YamlDocument[] = [];
    for (const document of yamlDocuments(text, name)) {
      if (!('message' in document)) documents.push(document);
      yield;
    }
    const named = productsOf(documents);
    for (const { content } of documents)
      for (const product of named) {
        const words = products.get(product) ?? new Words();
        products.set(product, words);
        words.take(content);
      }
  }
  return { products };
}

/** Of which products the rules of a file are: a correlation does not say so itself. */
export function productsOf(documents: readonly YamlDocument[]): ReadonlySet<string> {
  return new Set(documents.flatMap(({ content }) => sourceOf(content).product?.toLowerCase() ?? []));
}

/** As far as it is said, and readable. */
export function sourceOf(content: YamlDocument['content']): { readonly product?: string; readonly service?: string } {
  const { logsource } = content;
  if (!isMap(logsource)) return {};
  const said = (value: Plain | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
  const [product, service] = [said(logsource['product']), said(logsource['service'])];
  return { ...(product !== undefined && { product }), ...(service !== undefined && { service }) };
}
