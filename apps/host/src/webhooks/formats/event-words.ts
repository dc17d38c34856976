import type { PayloadEvent } from '../event-payload.js';

/** An event on its way: `id` is how it is named outside. */
export interface NamedEvent extends PayloadEvent {
  readonly id: string;
}

/** What a person reads of an event first. */
export interface EventWords {
  /** One line. */
  readonly title: string;
  /** Name and value. */
  readonly facts: readonly (readonly [string, string])[];
  /** Where to read on; `null`: the host has no address that others know. */
  readonly link: string | null;
}

/** Of a name that somebody has chosen: whoever writes a novel into it must not spoil a message. */
const LONGEST = 200;

/** @param publicUrl origin of the host, without a slash at its end */
export function eventWords({ type, data }: PayloadEvent, publicUrl: string | undefined): EventWords {
  const at = (path: string): string => plainLine(textAt(data, path.split('.')));
  const about = { title: titleOf(type, at), facts: factsOf(type, data, at) };
  const page = pageOf(type, at);
  return { ...about, link: publicUrl === undefined || page === undefined ? null : `${publicUrl}${page}` };
}

type Read = (path: string) => string;

function titleOf(type: string, at: Read): string {
  const what = `${at('rule.title')}: ${at('subject.label')}`;
  switch (type) {
    case 'finding.opened':
      return what;
    case 'incident.opened':
      return `New incident: ${what}`;
    case 'incident.changed':
      return `${changeOf(at)}: ${what}`;
    case 'playbook.notified':
      return `${at('playbook.title')}: ${at('subject.label')}`;
    case 'integration.status_changed':
      return `${at('name')}: ${at('status.message')}`;
    case 'run.finished':
      return `A run of ${at('name')} is over: ${at('state')}`;
    default:
      return at('message') === '' ? type : at('message');
  }
}

function changeOf(at: Read): string {
  if (at('change') === 'severity') return `Incident is ${at('severity')} now`;
  if (at('change') === 'reopened') return 'Incident is open again';
  const verdict = at('verdict');
  return verdict === '' ? 'Incident closed' : `Incident closed as ${verdict.replace('_', ' ')}`;
}

function factsOf(type: string, data: unknown, at: Read): readonly (readonly [string, string])[] {
  if (type === 'playbook.notified') return notifiedFacts(data, at);
  if (!isOfRules(type)) return [];
  const facts = [
    ['Severity', at('severity')],
    ['Integration', at('name')],
    ['Subject', at('subject.label')],
    [at('subject.kind') === 'account' ? 'Done to' : 'Accounts', othersIn(data, Number(at('others.count')))],
    ['Rules', namesIn(data, ['rules'], 'title').join('; ')],
    ['Last seen', at('lastAt')],
  ] as const;
  return facts.filter(([, value]) => value !== '');
}

function notifiedFacts(data: unknown, at: Read): readonly (readonly [string, string])[] {
  const facts = [
    ['Says', at('message')],
    ['Severity', at('severity')],
    ['Integration', at('name')],
    ['Subject', at('subject.label')],
    ['List', firstOf(data, 'records', Number(at('records.count')))],
  ] as const;
  return facts.filter(([, value]) => value !== '');
}

const othersIn = (data: unknown, count: number): string => firstOf(data, 'others', count);

/** `Ann, Bo and 3 more`. */
function firstOf(data: unknown, field: string, count: number): string {
  const names = namesIn(data, [field, 'first'], 'label');
  const more = count - names.length;
  return more > 0 && names.length > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** What the parts of a list are called: each on one line. */
function namesIn(data: unknown, path: readonly string[], name: string): readonly string[] {
  const list = valueAt(data, path);
  return Array.isArray(list) ? list.map((one) => plainLine(textAt(one, [name]))).filter((text) => text !== '') : [];
}

/** A page of ours, by an id that we have made. */
function pageOf(type: string, at: Read): string | undefined {
  const page = (path: string, id: string): string | undefined => (id === '' ? undefined : `/${path}/${encodeURIComponent(id)}`);
  if (isOfRules(type)) return page('incidents', at('incident'));
  if (type === 'playbook.notified') return page('playbooks/runs', at('run'));
  return page('integrations', at('integration')) ?? page('webhooks', at('webhook'));
}

function isOfRules(type: string): boolean {
  return type === 'finding.opened' || type.startsWith('incident.');
}

function plainLine(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** What stands there, as text: nothing for what is missing or `null`, JSON for what has parts. */
export function textAt(value: unknown, path: readonly string[]): string {
  const found = valueAt(value, path);
  if (found === null || found === undefined) return '';
  return typeof found === 'object' ? JSON.stringify(found) : String(found);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
