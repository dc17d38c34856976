import type { ActionStep, ApprovalStep, Awaited, NotifyStep, Step, WaitStep } from './playbook.js';
import { readConditions } from './read-conditions.js';
import { isMap, Reader } from './reader.js';
import { FACTS, type Selector, SELECTORS, SUBJECT, USES } from './vocabulary.js';

type Path = readonly (string | number)[];

const KINDS = ['action', 'notify', 'approval', 'wait'] as const;
const ALL = ['id', 'title', 'when'];
const KEYS: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = {
  action: [...ALL, 'action', 'on', 'where', 'most', 'required', 'refused'],
  notify: [...ALL, 'notify', 'list'],
  approval: [...ALL, 'approval', 'within', 'declined', 'late'],
  wait: [...ALL, 'wait', 'within', 'came', 'late'],
};
/** Of records that a step may touch: more is for another tool. */
const MOST_RECORDS = 500;

/** @param subject kind of what the playbook is about */
export function readStep(value: unknown, path: Path, subject: string): Step {
  const kinds = isMap(value) ? KINDS.filter((kind) => value[kind] !== undefined) : [];
  const [kind] = kinds;
  const reader = new Reader(value, path, kind === undefined || kinds.length > 1 ? Object.values(KEYS).flat() : KEYS[kind]);
  if (kind === undefined || kinds.length > 1) return reader.fail(`a step has one of ${KINDS.join(', ')}, and no other of them`);
  const any = {
    id: reader.name('id'),
    title: reader.text('title', 80),
    when: readConditions(reader.has('when') ? reader.value('when') : undefined, [...path, 'when'], FACTS[subject]),
  };
  switch (kind) {
    case 'action':
      return { kind, ...any, ...readAction(reader, subject) };
    case 'notify':
      return { kind, ...any, ...readNotify(reader, subject) };
    case 'approval':
      return { kind, ...any, ...readApproval(reader) };
    case 'wait':
      return { kind, ...any, ...readWait(reader) };
  }
}

type Own<T extends Step> = Omit<T, 'kind' | 'id' | 'title' | 'when'>;

function readAction(reader: Reader, subject: string): Own<ActionStep> {
  const on = reader.has('on') ? reader.text('on') : SUBJECT;
  checkSelector(reader, 'on', on, subject);
  const isOne = on === SUBJECT;
  if (isOne && (reader.has('most') || reader.has('where')))
    return reader.fail('"most" and "where" are for several records: name them with "on"');
  if (!isOne && !reader.has('most'))
    return reader.fail('"most" is missing: with more records than that nothing is done, and a person is asked');
  const required = reader.flag('required');
  if (required && !reader.has('refused'))
    return reader.fail('"refused" is missing: where it goes on when nothing of it was done, since nobody has agreed');
  if (!required && reader.has('refused'))
    return reader.fail('is for a step that is "required": any other one has gone on by then', 'refused');
  return {
    action: reader.name('action'),
    on,
    where: readConditions(reader.has('where') ? reader.value('where') : undefined, [...reader.path, 'where'], undefined),
    most: isOne ? 1 : reader.whole('most', 1, MOST_RECORDS),
    required,
    refused: required ? reader.name('refused') : null,
  };
}

function checkSelector(reader: Reader, key: string, name: string, subject: string): void {
  const ofSubject = Object.entries(SELECTORS).filter(([, { of }]) => of.includes(subject));
  const found: Selector | undefined = ofSubject.find(([one]) => one === name)?.[1];
  if (found === undefined)
    reader.fail(`of a subject of the kind ${subject} it is one of ${ofSubject.map(([one]) => one).join(', ')}`, key);
}

function readNotify(reader: Reader, subject: string): Own<NotifyStep> {
  const list = reader.has('list') ? reader.text('list') : null;
  if (list !== null) checkSelector(reader, 'list', list, subject);
  return { says: reader.text('notify', 1_000), list };
}

function readApproval(reader: Reader): Own<ApprovalStep> {
  return {
    asks: reader.text('approval', 1_000),
    within: reader.span('within'),
    declined: reader.name('declined'),
    late: reader.name('late'),
  };
}

function readWait(reader: Reader): Own<WaitStep> {
  return {
    for: readAwaited(reader),
    within: reader.span('within'),
    came: reader.has('came') ? reader.name('came') : null,
    late: reader.has('late') ? reader.name('late') : null,
  };
}

function readAwaited(reader: Reader): Awaited {
  const value = reader.value('wait');
  if (value === 'finding-resolved') return { is: 'finding-resolved' };
  if (!isMap(value)) return reader.fail('is finding-resolved, or a map with "event": what the subject does', 'wait');
  const event = new Reader(value, [...reader.path, 'wait'], ['event']);
  const use = event.texts('event');
  const unknown = use.find((one) => !USES.includes(one));
  if (unknown !== undefined) return event.fail(`there is no "${unknown}": known are ${USES.join(', ')}`, 'event');
  return { is: 'event', use };
}
