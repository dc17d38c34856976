import { textAt, timeOf } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { EventParty } from '../system-log/event.js';
import { SCRIPT } from './event-place.js';
import type { Random } from './random.js';
import type { Common, Draft } from './sign-in-events.js';

const CHANGES = [
  ['user.account.privilege.grant', 'Privilege granted to user'],
  ['user.mfa.factor.reset_all', 'All factors of user reset'],
  ['user.lifecycle.suspend', 'User suspended'],
  ['policy.rule.update', 'Policy rule changed'],
  ['application.lifecycle.update', 'Application changed'],
] as const;

/** Of the events that an administrator causes, and of the memberships that a script changes. */
const CONSOLE_SHARE = 0.5;
const SCRIPT_SHARE = 0.25;

interface Administrator {
  readonly party: EventParty;
  readonly lastLogin: number;
}

interface Token {
  readonly id: string;
  readonly owner: EventParty;
  readonly created: number;
}

/** What people with a role do, by hand and by API token. Who held which role is looked up once: the log is not rewritten later. */
export class AdministrationEvents {
  readonly #administrators: readonly Administrator[];
  readonly #tokens: readonly Token[];

  constructor(org: Org) {
    const { users } = org.directory;
    this.#administrators = org.administration.holders('user').flatMap((id): Administrator[] => {
      const user = users.get(id);
      const lastLogin = user && timeOf(user['lastLogin']);
      return user === undefined || lastLogin === undefined ? [] : [{ party: org.userParty(user), lastLogin }];
    });
    const list = org.list('api-tokens');
    const tokens = [...list.keys()].flatMap((id): Token[] => {
      const token = list.get(id);
      const owner = users.get(textAt(token, 'userId') ?? '');
      return owner === undefined ? [] : [{ id, owner: org.userParty(owner), created: timeOf(token?.['created']) ?? 0 }];
    });
    // Nobody calls with the last one: a token to find fault with.
    this.#tokens = tokens.slice(0, -1);
  }

  /** Somebody is put into a group, by an administrator or by a script that has an administrator's token. */
  membership(common: Common, group: EventParty, published: number, random: Random): Draft | undefined {
    const change = {
      ...common,
      eventType: 'group.user_membership.add',
      displayMessage: 'User added to group',
      targets: [common.actor, group],
    };
    const tokens = this.#tokens.filter(({ created }) => created <= published);
    if (tokens.length > 0 && random.chance(SCRIPT_SHARE)) {
      const { id, owner } = random.pick(tokens);
      return { ...change, actor: owner, agent: SCRIPT, apiTokenId: id };
    }
    const actor = this.#somebody(published, random);
    return actor && { ...change, actor };
  }

  /** An administrator opens the Admin Console, or changes something. */
  change(common: Common, published: number, random: Random): Draft | undefined {
    const actor = this.#somebody(published, random);
    if (actor === undefined) return undefined;
    if (random.chance(CONSOLE_SHARE)) {
      return {
        ...common,
        actor,
        eventType: 'user.session.access_admin_app',
        displayMessage: 'User accessing Okta admin app',
        targets: [{ ...actor, type: 'AppUser' }],
      };
    }
    const [eventType, displayMessage] = random.pick(CHANGES);
    return { ...common, actor, eventType, displayMessage, targets: [common.actor] };
  }

  /** An administrator whose last sign-in is not before the event: who has been away did nothing by hand. */
  #somebody(published: number, random: Random): EventParty | undefined {
    const present = this.#administrators.filter(({ lastLogin }) => lastLogin >= published);
    return present.length === 0 ? undefined : random.pick(present).party;
  }
}
