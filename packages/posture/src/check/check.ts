import type { PostureArea, Severity } from '@castellan/api';
import type { RecordKind } from '@castellan/connector-sdk';
import type { FrameworkReferences } from '../frameworks/frameworks.js';
import { type Need, readNeed } from './need.js';
import type { Parameter } from './parameter.js';
import { POPULATIONS, type Population } from './population.js';
import type { SeverityRule } from './severity.js';
import { namesIn } from './statement.js';
import { asText } from './unsaid.js';

/** What mends it by one call; `null` in a check: only a person can. */
export type FixAction =
  | 'remove_role'
  | 'suspend_account'
  | 'deactivate_account'
  | 'expire_password'
  | 'reset_authenticator'
  | 'end_sessions'
  | 'revoke_grants'
  | 'remove_membership'
  | 'unassign_application'
  | 'deactivate_application'
  | 'stop_password_push'
  | 'deactivate_secret'
  | 'deactivate_identity_provider'
  | 'unlink_identity_provider'
  | 'revoke_api_token';

/** How long the fix of one subject takes a person. */
export type Effort = 'minutes' | 'hours' | 'days';

/** One way in which an identity or a setting can be weak. */
export interface Check {
  /** As its file is called; stable for ever. */
  readonly id: string;
  /** What is wrong, as a heading: `Administrator without a second factor`. */
  readonly title: string;
  readonly area: PostureArea;
  readonly severity: Severity;
  /** The first that holds decides, of each subject. */
  readonly context: readonly SeverityRule[];
  /** What it names. `organisation`: the whole, by the one key `organisation`. */
  readonly subject: RecordKind | 'organisation';
  /** Out of which it names them. */
  readonly population: Population;
  readonly needs: readonly Need[];
  /** What shows more of it: without it those that are found are named, nobody passes, and nothing is resolved. */
  readonly seesMoreWith: readonly Need[];
  /**
   * Where it says of each subject by itself: by kind, the field whose value is the subject's key (`key`: the record is the subject).
   * After a change of these kinds alone only those subjects are looked at. Leave it out where others decide too (a count, a share, a
   * namesake).
   */
  readonly touchedBy?: Readonly<Partial<Record<RecordKind, string>>>;
  /** Use must have been observed for as many days as this parameter says, or nothing can be said of what is not used. */
  readonly observedDays?: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /**
   * Selects `key` and `evidence` of each subject, once, of `$integration`; other names are parameters. Evidence says what was
   * seen, with instants and never with ages: what grows by itself would be a change each day.
   */
  readonly sql: string;
  /**
   * Where it compares what a provider may leave out of single records: selects `key` of each subject that it can say nothing of (`NULL`: it
   * may be any) and `about`, the need of what is not said. Nobody passes then, and what was found of these subjects before stays as it was.
   */
  readonly undecided?: string;
  /** Why it matters: what somebody could do with it. */
  readonly why: string;
  /** What to do, in an order; the same for every provider. */
  readonly fix: readonly string[];
  /** Where in a provider's console, by connector id. */
  readonly console: Readonly<Record<string, readonly string[]>>;
  readonly action: FixAction | null;
  readonly effort: Effort;
  readonly frameworks: FrameworkReferences;
  /** Connector id, where the fact exists with one provider only. */
  readonly only?: string;
}

/** What an author writes. */
export type CheckSpec = Omit<Check, Optional> & Partial<Pick<Check, Optional>>;
type Optional = 'context' | 'parameters' | 'action' | 'console' | 'seesMoreWith';

const ID = /^[a-z]+(-[a-z0-9]+)+$/;

/** @throws Error for a check that cannot be right: an id of another form, a name that is no parameter, a parameter that is not used. */
export function defineCheck(spec: CheckSpec): Check {
  const check: Check = { context: [], parameters: {}, action: null, console: {}, seesMoreWith: [], ...spec };
  const wrong = (what: string): Error => new Error(`Check ${check.id}: ${what}`);
  if (!ID.test(check.id)) throw wrong('its id is not words in small letters, joined by hyphens.');
  if (!namesIn(check.sql).includes('integration')) throw wrong('its statement does not name $integration.');
  const used = new Set([check.sql, check.undecided ?? '', POPULATIONS[check.population].sql].flatMap(namesIn));
  used.delete('integration');
  for (const name of used) if (check.parameters[name] === undefined) throw wrong(`$${name} is none of its parameters.`);
  for (const need of check.needs) {
    const read = readNeed(need);
    if ((read.type === 'named' || read.type === 'named_field') && check.parameters[read.parameter]?.type !== 'texts')
      throw wrong(`${read.parameter} is no parameter of texts.`);
    if ((read.type === 'value' || read.type === 'named_field') && check.undecided?.includes(asText(need)) !== true)
      throw wrong(`what it leaves undecided does not speak of ${need}.`);
  }
  // Who was undecided is looked at again when others have changed.
  if (check.undecided !== undefined && check.touchedBy !== undefined)
    throw wrong('it leaves some undecided, and looks at a few only.');
  const observed = check.observedDays;
  for (const name of Object.keys(check.parameters))
    if (!used.has(name) && name !== observed) throw wrong(`its parameter ${name} is not used.`);
  if (observed !== undefined && check.parameters[observed]?.type !== 'days')
    throw wrong(`${observed} is no parameter of days.`);
  return check;
}
