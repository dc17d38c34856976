import type { SourceRecord } from '@castellan/connector-sdk';
import { isWellFormedId } from '../map/ids.js';

/** Okta's words for the same thing differ from one event type to the next. Compared without case and separators. */
const TYPES = {
  // An `AppUser` has an id of its own, which is no user's.
  user: ['user'],
  group: ['usergroup', 'group'],
  application: ['appinstance', 'application'],
  client: ['publicclientapp', 'oauth2client', 'client'],
  identityProvider: ['identityprovider', 'idp', 'idpconfiguration'],
  role: ['role', 'customrole', 'iamrole'],
  resourceSet: ['resourceset', 'iamresourceset'],
  groupRule: ['grouprule'],
} as const satisfies Record<string, readonly string[]>;

export type PartyType = keyof typeof TYPES;

/** Who and what an event is about. */
export class EventParties {
  readonly #event: SourceRecord<'activity'>['data'];

  constructor(event: SourceRecord<'activity'>['data']) {
    this.#event = event;
  }

  /** Ids of the targets of one type, each once. Ids become parts of paths: odd ones are left out. */
  targets(type: PartyType): readonly string[] {
    const ids = this.#event.targets.filter((target) => isOf(target.type, type)).map(({ id }) => id);
    return [...new Set(ids.filter((id) => id !== null && id !== '' && isWellFormedId(id)))].filter((id) => id !== null);
  }

  /** The users that it is about; where none is named, a user has done it to themselves. */
  get users(): readonly string[] {
    const targets = this.targets('user');
    return targets.length > 0 ? targets : this.actor;
  }

  /** The user who acts; empty for the system, an app or an agent. */
  get actor(): readonly string[] {
    const { actor } = this.#event;
    const id = actor?.id ?? null;
    return actor !== null && id !== null && id !== '' && isWellFormedId(id) && isOf(actor.type, 'user') ? [id] : [];
  }
}

function isOf(written: string | null, type: PartyType): boolean {
  const words: readonly string[] = TYPES[type];
  return written !== null && words.includes(written.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}
