import type { ActivityUse, RecordKind, RecordMap } from '@castellan/connector-sdk';
import { QUESTIONS, type QuestionName } from './questions.js';

/** Areas of `org_setting` that checks read; see the docstring of the kind. */
export type SettingArea =
  | 'threat_insight'
  | 'support_access'
  | 'third_party_administrators'
  | 'new_programs'
  | 'administration_console'
  | 'end_user_notices'
  | 'sign_in_banner';

type FieldNeed = { readonly [K in RecordKind]: `${K}.${keyof RecordMap[K] & string}` }[RecordKind];

/** `application.name:consoles`, of a parameter of texts. */
type NamedNeed = `${FieldNeed}:${string}`;

/**
 * What a check cannot do without. `account`: the kind has been read, completely and lately. `account.passwordChangedAt`: the
 * provider says it, of some record at least. `setting:threat_insight`: that area has been read. `use:application`: the log
 * shows such use. `application.name:consoles`: there is one whose name is among those of that parameter, capitals or not: where
 * nobody can see what a check is about, it has not passed. `said:links_administrators`: of every record that the question matters
 * of it is answered. What is no word of the vocabulary does not compile.
 */
export type Need =
  | RecordKind
  | FieldNeed
  | NamedNeed
  | `setting:${SettingArea}`
  | `use:${ActivityUse}`
  | `said:${QuestionName}`;

export type ReadNeed =
  | { readonly type: 'kind'; readonly kind: RecordKind }
  | { readonly type: 'field'; readonly kind: RecordKind; readonly field: string }
  | { readonly type: 'named'; readonly kind: RecordKind; readonly field: string; readonly parameter: string }
  | { readonly type: 'setting'; readonly area: string }
  | { readonly type: 'use'; readonly use: ActivityUse }
  | { readonly type: 'said'; readonly question: QuestionName };

export function readNeed(need: Need): ReadNeed {
  const [head = '', tail, parameter] = need.split(/[.:]/);
  // The parts of a literal type: which of them it is, the separator says.
  if (need.startsWith('setting:')) return { type: 'setting', area: tail ?? '' };
  if (need.startsWith('use:')) return { type: 'use', use: tail as ActivityUse };
  if (need.startsWith('said:')) return { type: 'said', question: tail as QuestionName };
  if (tail !== undefined && parameter !== undefined) return { type: 'named', kind: head as RecordKind, field: tail, parameter };
  return tail === undefined
    ? { type: 'kind', kind: head as RecordKind }
    : { type: 'field', kind: head as RecordKind, field: tail };
}

/** Kinds whose change may change the answer. */
export function kindsOf(needs: readonly Need[]): ReadonlySet<RecordKind> {
  return new Set(
    needs.map((need): RecordKind => {
      const read = readNeed(need);
      if (read.type === 'use') return 'activity';
      if (read.type === 'said') return QUESTIONS[read.question].kind;
      return read.type === 'setting' ? 'org_setting' : read.kind;
    }),
  );
}
