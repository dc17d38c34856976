import type { Json, JsonObject } from '@castellan/connector-sdk';
import { dateWords } from '../states/time-words.js';
import { stepIn } from './evidence-steps.js';
import { stepSentence } from '../attack-paths/step-words.js';

/** A line of what was seen. Several values are listed one below the other. */
export interface EvidenceLine {
  readonly name: string;
  readonly values: readonly string[];
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Names that say little once they are taken apart. */
const NAMES: Readonly<Record<string, string>> = {
  count: 'How many',
  accountsAtLeast: 'Accounts, at least',
  idleMinutes: 'Minutes without use',
  lifetimeMinutes: 'Minutes in all',
  unlockMinutes: 'Minutes until it unlocks',
  clientId: 'Client ID',
  isSuperAdministrator: 'Super administrator',
  noneSeen: 'None was seen',
};

/**
 * The same for a row of a list: without what is not so, and what the row has said already. Where nothing is left of it, all.
 * @param said what stands in the row
 */
export function shortEvidenceLines(evidence: JsonObject, said: readonly (string | null)[]): readonly EvidenceLine[] {
  const isNews = (value: Json): boolean => value !== false && !said.some((one) => one === value);
  const short = evidenceLines(Object.fromEntries(Object.entries(evidence).filter(([, value]) => isNews(value))));
  return short.length === 0 ? evidenceLines(evidence) : short;
}

/** What a check has seen, as lines for people; what it does not know is left out. */
export function evidenceLines(evidence: JsonObject): readonly EvidenceLine[] {
  return Object.entries(evidence).flatMap(([key, value]) => {
    const values = valuesOf(value);
    return values.length === 0 ? [] : [{ name: evidenceName(key), values }];
  });
}

/** What a rule has seen, in short: how many events, of what kind, by whom, on what, from where. */
export function detectionLines(evidence: JsonObject): readonly EvidenceLine[] {
  const group = evidence['group'];
  const same =
    typeof group === 'object' && group !== null && !isList(group)
      ? Object.entries(group).map(([field, value]) => `${field}: ${textOf(value ?? null)}`)
      : [];
  const lines = [
    { name: 'Events', values: valuesOf(evidence['events'] ?? null) },
    { name: 'What happened', values: countedIn(evidence['types']) },
    { name: 'Done by', values: namesIn(evidence['actors']) },
    { name: 'Done to', values: namesIn(evidence['targets']) },
    { name: 'From', values: countedIn(evidence['addresses']) },
    { name: 'All with the same', values: same },
  ];
  return lines.filter(({ values }) => values.length > 0);
}

/** `192.0.2.7 (3 times)` of `{value, count}`. */
function countedIn(counts: Json | undefined): readonly string[] {
  return objectsIn(counts).flatMap(({ value, count }) => {
    if (typeof value !== 'string') return [];
    return [typeof count === 'number' && count > 1 ? `${value} (${count.toLocaleString('en')} times)` : value];
  });
}

/** People by their names, others with what they are. */
function namesIn(parties: Json | undefined): readonly string[] {
  return objectsIn(parties).flatMap(({ name, type }) => {
    if (typeof name !== 'string') return [];
    return [typeof type === 'string' && type !== '' && type !== 'User' ? `${name} (${type})` : name];
  });
}

function objectsIn(list: Json | undefined): readonly JsonObject[] {
  if (list === undefined || !isList(list)) return [];
  return list.flatMap((one) => (typeof one === 'object' && one !== null && !isList(one) ? [one] : []));
}

/** `lastLoginAt`: `Last login`; `isFederated`: `Federated`. */
export function evidenceName(key: string): string {
  const known = NAMES[key];
  if (known !== undefined) return known;
  const bare = key.replace(/^is(?=[A-Z])/, '').replace(/(?<=[a-z])At$/, '');
  const words = bare
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valuesOf(value: Json): readonly string[] {
  if (value === null) return [];
  if (isList(value)) return value.map(textOf).filter((text) => text !== '');
  const text = textOf(value);
  return text === '' ? [] : [text];
}

function textOf(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value.toLocaleString('en');
  if (typeof value === 'string') return INSTANT.test(value) ? dateWords(Date.parse(value)) : value;
  if (isList(value)) return value.map(textOf).join(', ');
  const step = stepIn(value);
  if (step !== undefined) return stepSentence(step);
  return Object.entries(value)
    .filter(([, part]) => part !== null)
    .map(([key, part]) => `${evidenceName(key)}: ${textOf(part ?? null)}`)
    .join(' · ');
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
