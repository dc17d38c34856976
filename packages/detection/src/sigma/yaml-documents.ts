import { isNode, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { RuleProblem } from './rule.js';
import { isMap, type Plain } from './searches.js';

/** A document of a file, and where its parts stand. */
export interface YamlDocument {
  readonly content: { readonly [key: string]: Plain };
  readonly line: number;
  lineOf(path: readonly (string | number)[]): number;
}

/** Of one file. */
const MOST_CHARACTERS = 1_000_000;

/** The documents of a file, and what of it could not be read. */
export function yamlDocuments(
  text: string,
  file: string,
): { readonly documents: readonly YamlDocument[]; readonly problems: readonly RuleProblem[] } {
  if (text.length > MOST_CHARACTERS)
    return { documents: [], problems: [{ file, line: 1, message: `The file has more than ${MOST_CHARACTERS} characters.` }] };
  const counter = new LineCounter();
  const problems: RuleProblem[] = [];
  const documents: YamlDocument[] = [];
  for (const one of parsed(text, counter, (message) => problems.push({ file, line: 1, message }))) {
    const [error] = one.errors;
    const line = (offset: number | undefined): number => (offset === undefined ? 1 : counter.linePos(offset).line);
    if (error !== undefined) {
      problems.push({ file, line: line(error.pos[0]), message: `This is no YAML: ${error.message}` });
      continue;
    }
    const read = contentOf(one);
    const begin = line(one.contents?.range[0] ?? one.range[0]);
    if (typeof read === 'string') problems.push({ file, line: begin, message: read });
    else if (read !== undefined) documents.push({ content: read, line: begin, lineOf: (path) => line(offsetOf(one, path)) });
  }
  return { documents, problems };
}

function parsed(text: string, lineCounter: LineCounter, onProblem: (message: string) => void): readonly Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false, stringKeys: true });
    // A file without any document is an object of its own.
    return Array.isArray(documents) ? documents : [];
  } catch {
    // So deep that the stack is full.
    onProblem('The file cannot be read: its lists and maps lie too deep in each other.');
    return [];
  }
}

function contentOf(document: Document.Parsed): YamlDocument['content'] | string | undefined {
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return `This is no YAML that can be read: ${error instanceof Error ? error.message : ''}`;
  }
  // What stands between two lines of dashes may be a comment only.
  if (content === null || content === undefined) return undefined;
  // Maps, lists, texts, numbers, true, false and null are all that the core schema has.
  const plain = content as Plain;
  return isMap(plain) ? plain : 'A rule is a map, and this is none.';
}

/** Of the deepest part of a path that is there. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range !== undefined && node.range !== null) return node.range[0];
  }
  return document.contents?.range[0];
}
