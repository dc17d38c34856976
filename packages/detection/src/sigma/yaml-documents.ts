import {
  Composer,
  type Document,
  type ErrorCode,
  isAlias,
  isMap as isYamlMap,
  isNode,
  isScalar,
  LineCounter,
  Parser,
  visit,
} from 'yaml';
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
/** Of one document, which is read at once: a tenth of a second at most, in which nobody else is served. */
const LONGEST_DOCUMENT = 65_536;

/** What a file has, one after the other: reading a large one takes a second, in which others want to be served, too. */
export type ReadDocument = YamlDocument | RuleProblem;

/** The documents of a file, and what of it could not be read. */
export function* yamlDocuments(text: string, file: string): Generator<ReadDocument, void> {
  if (text.length > MOST_CHARACTERS) {
    yield { file, line: 1, ruleLine: 1, message: `The file has more than ${MOST_CHARACTERS} characters.` };
    return;
  }
  const pieces = piecesOf(text);
  for (const piece of pieces) if (isTooLong(piece)) yield { file, line: piece.line, ruleLine: piece.line, message: TOO_LONG };
  const counter = new LineCounter();
  const line = (offset: number | undefined): number => (offset === undefined ? 1 : counter.linePos(offset).line);
  // In place of what is too long are as many lines without anything: the others are where they were.
  const short = pieces.map((piece) => (isTooLong(piece) ? '\n'.repeat(piece.lines) : piece.text)).join('');
  for (const one of parsed(short, counter)) {
    if (typeof one === 'string') {
      yield { file, line: 1, ruleLine: 1, message: one };
      return;
    }
    const [error] = one.errors;
    if (error !== undefined) {
      const at = line(error.pos[0]);
      yield { file, line: at, ruleLine: at, message: `This is no YAML: ${error.message}${hintFor(error.code)}` };
      continue;
    }
    const read = contentOf(one);
    const begin = line(one.contents?.range[0] ?? one.range[0]);
    if (read instanceof Unreadable) {
      const at = read.offset === undefined ? begin : line(read.offset);
      yield { file, line: at, ruleLine: begin, message: read.message };
    } else if (typeof read === 'string') yield { file, line: begin, ruleLine: begin, message: read };
    else if (read !== undefined) yield { content: read, line: begin, lineOf: (path) => line(offsetOf(one, path)) };
  }
}

const TOO_LONG = `The document has more than ${LONGEST_DOCUMENT} characters. Put many values into a list, and name it with "expand".`;

interface Piece {
  readonly text: string;
  /** Of the file, from 1. */
  readonly line: number;
  readonly lines: number;
}

const isTooLong = ({ text }: Piece): boolean => text.length > LONGEST_DOCUMENT;

/** What lies between two lines of dashes, each with the line that it begins with. */
function piecesOf(text: string): readonly Piece[] {
  let line = 1;
  return text.split(/^(?=---(?:\s|$))/m).map((piece) => {
    const lines = piece.split('\n').length - 1;
    const begun = { text: piece, line, lines };
    line += lines;
    return begun;
  });
}

/** @yields a text that says why nothing else comes */
function* parsed(text: string, counter: LineCounter): Generator<Document.Parsed | string, void> {
  const tokens = new Parser(counter.addNewLine).parse(text);
  const documents = new Composer({ lineCounter: counter, prettyErrors: false, stringKeys: true }).compose(tokens);
  for (;;) {
    try {
      const { done, value } = documents.next();
      if (done === true) return;
      yield value;
    } catch {
      // So deep that the stack is full.
      yield 'The file cannot be read: its lists and maps lie too deep in each other.';
      return;
    }
  }
}

const QUOTES = 'Put texts that begin with one of * & % @ ` or have ": " in them in quotes.';

/** Of what is a mistake of YAML because somebody meant a text by it. */
function hintFor(code: ErrorCode): string {
  return code === 'BAD_SCALAR_START' || code === 'BLOCK_AS_IMPLICIT_KEY' ? `. ${QUOTES}` : '';
}

/** A document that is YAML, and of which nothing can be made. */
class Unreadable {
  constructor(
    readonly message: string,
    /** Where, if that is known. */
    readonly offset?: number,
  ) {}
}

/** `*@acme.example` without quotes is a reference for YAML, to something that is not there. */
function unquoted(document: Document.Parsed): Unreadable | undefined {
  const anchors = new Set<string>();
  let found: Unreadable | undefined;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
        return undefined;
      }
      if (anchors.has(node.source)) return undefined;
      found = new Unreadable(`"*${node.source}" means something else in YAML. ${QUOTES}`, node.range?.[0]);
      return visit.BREAK;
    },
  });
  return found;
}

function contentOf(document: Document.Parsed): YamlDocument['content'] | Unreadable | string | undefined {
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const why = `This is no YAML that can be read: ${error instanceof Error ? error.message : ''}`;
    return unquoted(document) ?? new Unreadable(why);
  }
  // What stands between two lines of dashes may be a comment only.
  if (content === null || content === undefined) return undefined;
  // Maps, lists, texts, numbers, true, false and null are all that the core schema has.
  const plain = content as Plain;
  return isMap(plain) ? plain : 'A rule is a map, and this is none.';
}

/** Of the deepest part of a path that is there: of its key, where it has one. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const above: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isYamlMap(above) ? above.items.find((one) => isScalar(one.key) && one.key.value === key) : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range !== undefined && node.range !== null) return node.range[0];
  }
  return document.contents?.range[0];
}
