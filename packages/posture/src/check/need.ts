import type { ActivityUse, RecordKind, RecordMap, SettingValues } from '@castellan/connector-sdk';
import { QUESTIONS, type QuestionName } from './questions.js';

/** Areas of `org_setting` that checks read. */
export type SettingArea = keyof SettingValues;

export type FieldNeed = { readonly [K in RecordKind]: `${K}.${keyof RecordMap[K] & string}` }[RecordKind];

/** `application.name:consoles`, of a parameter of texts. */
type NamedNeed = `${FieldNeed}:${string}`;

type NamesIn<T> = T extends readonly unknown[] ? never : T extends object ? keyof T & string : never;
/** An object of which any name could be asked says nothing about which there are. */
type ClosedNamesIn<T> = string extends keyof T ? never : NamesIn<T>;

type InFieldNeed = {
  readonly [K in RecordKind]: {
    readonly [F in keyof RecordMap[K] & string]-?: `${K}.${F}.${ClosedNamesIn<NonNullable<RecordMap[K][F]>>}`;
  }[keyof RecordMap[K] & string];
}[RecordKind];

type InSettingNeed = { readonly [A in SettingArea]: `setting:${A}.${keyof SettingValues[A] & string}` }[SettingArea];

/** A value that lies inside a field or a setting: `policy.password.minLength`, `setting:threat_insight.action`. */
export type ValueNeed = InFieldNeed | InSettingNeed;

/** A field of those applications that a parameter names: `application.policy of name:consoles`. */
type NamedFieldNeed = `application.${keyof RecordMap['application'] & string} of name:${string}`;

/**
 * What a check cannot do without. `account`: the kind has been read, completely and lately. `account.passwordChangedAt`: the
 * provider says it, of some record at least. `policy.password.minLength`: it says so of every record that the check looks at, which
 * its `undecided` knows. `setting:threat_insight`: that area has been read; `setting:threat_insight.action`: and this is said.
 * `use:application`: the log shows such use. `counted:access`: who reaches and uses what has been counted.
 * `surveyed:ways`: ways to tier zero were looked for, and that has not failed.
 * `application.name:consoles`: there is one whose name is among those of that parameter, capitals or not: where nobody can see what a
 * check is about, it has not passed. `application.policy of name:consoles`: of each of those its policy is said.
 * `said:links_administrators`: of every record that the question matters of it is answered. What is no word of the vocabulary does
 * not compile.
 */
export type Need =
  | RecordKind
  | FieldNeed
  | ValueNeed
  | NamedNeed
  | NamedFieldNeed
  | `setting:${SettingArea}`
  | `use:${ActivityUse}`
  | 'counted:access'
  | 'surveyed:ways'
  | `said:${QuestionName}`;

interface Named {
  readonly kind: RecordKind;
  /** By which they are named, in the parameter. */
  readonly field: string;
  readonly parameter: string;
}

export type ReadNeed =
  | { readonly type: 'kind'; readonly kind: RecordKind }
  | { readonly type: 'field'; readonly kind: RecordKind; readonly field: string }
  | { readonly type: 'value'; readonly kind: RecordKind; readonly field: string; readonly name: string; readonly area?: string }
  | ({ readonly type: 'named' } & Named)
  | ({ readonly type: 'named_field'; readonly said: string } & Named)
  | { readonly type: 'setting'; readonly area: string }
  | { readonly type: 'use'; readonly use: ActivityUse }
  | { readonly type: 'said'; readonly question: QuestionName }
  | { readonly type: 'counted' }
  | { readonly type: 'surveyed' };

// The parts of a literal type: which of them it is, the separators say.
export function readNeed(need: Need): ReadNeed {
  if (need === 'counted:access') return { type: 'counted' };
  if (need === 'surveyed:ways') return { type: 'surveyed' };
  const [, namespace, rest = ''] = /^(setting|use|said):(.*)$/.exec(need) ?? [];
  if (namespace === 'use') return { type: 'use', use: rest as ActivityUse };
  if (namespace === 'said') return { type: 'said', question: rest as QuestionName };
  if (namespace === 'setting') {
    const [area = '', name] = rest.split('.');
    return name === undefined ? { type: 'setting', area } : { type: 'value', kind: 'org_setting', field: 'value', name, area };
  }
  const [path = '', by, parameter = ''] = need.split(/ of |:/);
  const [head = '', field = '', name] = path.split('.');
  const kind = head as RecordKind;
  if (need.includes(' of ')) return { type: 'named_field', kind, said: field, field: by ?? '', parameter };
  if (by !== undefined) return { type: 'named', kind, field, parameter: by };
  if (name !== undefined) return { type: 'value', kind, field, name };
  return field === '' ? { type: 'kind', kind } : { type: 'field', kind, field };
}

/** Kinds whose change may change the answer. */
export function kindsOf(needs: readonly Need[]): ReadonlySet<RecordKind> {
  const kinds = new Set<RecordKind>();
  for (const need of needs) {
    const read = readNeed(need);
    if (read.type === 'use') kinds.add('activity');
    else if (read.type === 'setting') kinds.add('org_setting');
    else if (read.type === 'said') kinds.add(QUESTIONS[read.question].kind);
    else if (read.type !== 'counted' && read.type !== 'surveyed') kinds.add(read.kind);
  }
  return kinds;
}

/** Whether it reads what is counted after a run. */
export function needsCounts(needs: readonly Need[]): boolean {
  return needs.includes('counted:access');
}
