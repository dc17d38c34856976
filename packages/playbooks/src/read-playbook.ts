import { LineCounter, isMap as isYamlMap, isNode, isScalar, parseDocument, type Document } from 'yaml';
import { checkWays } from './check-ways.js';
import { PlaybookError, type PlaybookProblem } from './playbook-error.js';
import { type Playbook, SEVERITIES, type Step, type Trigger } from './playbook.js';
import { readConditions } from './read-conditions.js';
import { readStep } from './read-step.js';
import { isMap, Reader } from './reader.js';
import { FACTS, SUBJECTS } from './vocabulary.js';

const KEYS = ['id', 'version', 'title', 'summary', 'trigger', 'deadline', 'steps', 'end'];
const MOST_STEPS = 30;
const LONGEST_FILE = 65_536;

export interface PlaybookFile {
  readonly name: string;
  readonly text: string;
}

export type ReadPlaybook = { readonly playbook: Playbook } | { readonly problem: PlaybookProblem };

/** A file is one playbook. Its first mistake is told with its line. */
export function readPlaybook({ name: file, text }: PlaybookFile): ReadPlaybook {
  if (text.length > LONGEST_FILE) return wrong(file, 1, '', `The file has more than ${LONGEST_FILE} characters.`);
  const counter = new LineCounter();
  const lineAt = (offset: number | undefined): number => (offset === undefined ? 1 : counter.linePos(offset).line);
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  // What YAML only warns of, as of a tag that there is not, is another value than the author has meant.
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) return wrong(file, lineAt(error.pos[0]), '', `This is no YAML: ${error.message}`);
  try {
    return { playbook: playbookOf(document.toJS({ maxAliasCount: 20 })) };
  } catch (cause) {
    if (!(cause instanceof PlaybookError)) return wrong(file, 1, '', `This is no YAML that can be read: ${messageOf(cause)}`);
    return wrong(file, lineAt(offsetOf(document, cause.path)), cause.path.join('.'), cause.message);
  }
}

function wrong(file: string, line: number, field: string, message: string): ReadPlaybook {
  return { problem: { file, line, field, message } };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function playbookOf(content: unknown): Playbook {
  const reader = new Reader(content, [], KEYS);
  const trigger = readTrigger(reader.value('trigger'));
  const playbook: Playbook = {
    id: reader.name('id'),
    version: reader.whole('version', 1, 1_000_000),
    title: reader.text('title', 80),
    summary: reader.text('summary', 1_000),
    trigger,
    deadline: reader.span('deadline'),
    steps: readSteps(reader, trigger.subject),
    ends: readEnds(reader),
  };
  checkWays(playbook);
  return playbook;
}

function readTrigger(value: unknown): Trigger {
  const reader = new Reader(value, ['trigger'], ['findings', 'severity', 'subject', 'when', 'most-a-day']);
  const subject = reader.among('subject', SUBJECTS);
  return {
    findings: reader.texts('findings'),
    severity: reader.among('severity', SEVERITIES),
    subject,
    when: readConditions(reader.has('when') ? reader.value('when') : undefined, ['trigger', 'when'], FACTS[subject]),
    mostADay: reader.whole('most-a-day', 1, 1_000),
  };
}

function readSteps(reader: Reader, subject: string): readonly Step[] {
  const steps = reader.value('steps');
  if (!Array.isArray(steps) || steps.length === 0) return reader.fail('is a list of steps, with one at least', 'steps');
  if (steps.length > MOST_STEPS) return reader.fail(`has more than ${MOST_STEPS} steps`, 'steps');
  return steps.map((step: unknown, n) => readStep(step, ['steps', n], subject));
}

function readEnds(reader: Reader): Playbook['ends'] {
  const value = reader.value('end');
  if (!isMap(value)) return reader.fail('is a map: each end with the comment that is written then', 'end');
  const ends = new Reader(value, ['end'], Object.keys(value));
  return Object.fromEntries(Object.keys(value).map((name) => [name, ends.text(name, 1_000)]));
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
