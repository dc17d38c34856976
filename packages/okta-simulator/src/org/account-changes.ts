import type { OktaObject } from '../json/json.js';
import { objectAt, textAt, valueAt } from '../json/json.js';
import type { AccountLists } from './account-lists.js';
import { found } from './directory-changes.js';
import type { EventParty } from '../system-log/event.js';
import { PostureChanges } from './posture-changes.js';

/** What an administrator does to an account over the API: sessions, locks, memberships of rules, what programs may do for it. */
export class AccountChanges extends PostureChanges {
  /** The simulator keeps no sessions: only the event says that they were ended. */
  clearSessions(userId: string): void {
    const targets = [this.userParty(this.user(userId))];
    this.emit({ eventType: 'user.session.clear', displayMessage: 'Clear user session', targets });
  }

  /** By an administrator, which Okta tells from a lock that ran out. */
  unlock(userId: string): OktaObject {
    const changed = this.silently(() => this.setStatus(userId, 'ACTIVE'));
    const targets = [this.userParty(changed)];
    this.emit({ eventType: 'user.account.unlock_by_admin', displayMessage: 'Unlock user account by admin', targets });
    return changed;
  }

  /** An account that never was, or is no more: its owner has to set a password before it is active. */
  activate(userId: string): OktaObject {
    const changed = this.silently(() => this.setStatus(userId, 'PROVISIONED'));
    const targets = [this.userParty(changed)];
    this.emit({ eventType: 'user.lifecycle.activate', displayMessage: 'Activate Okta user', targets });
    return changed;
  }

  /**
   * Takes somebody out of a group. Whom an active rule has put there it puts back, or never again: see
   * `OrgSettings.ruleMembers`.
   */
  takeOutOfGroup(groupId: string, userId: string): void {
    const rule = this.directory.isByRule(groupId, userId) ? this.#activeRuleOf(groupId) : undefined;
    this.removeMember(groupId, userId);
    if (rule === undefined) return;
    if (this.settings.ruleMembers === 'excluded') this.#exclude(rule, userId);
    else this.addMember(groupId, userId, 'rule');
  }

  /** Ends the consents that fit. The type says whether it was one, those for a client or all. */
  revokeConsents(userId: string, kind: 'one' | 'client' | 'all', fits: (consent: OktaObject) => boolean): void {
    const user = this.user(userId);
    const gone = this.#drop(this.consents, user, fits);
    if (gone.length === 0) return;
    const clients = [...new Set(gone.map((consent) => textAt(consent, 'clientId') ?? ''))];
    const eventType = CONSENT_EVENTS[kind];
    const targets = [this.userParty(user), ...clients.map((id) => this.#clientParty(id))];
    this.emit({ eventType, displayMessage: 'Consent revoked', targets });
  }

  /** Ends the refresh tokens that fit, with an event for each. */
  revokeRefreshTokens(userId: string, fits: (token: OktaObject) => boolean): void {
    const user = this.user(userId);
    for (const token of this.#drop(this.refreshTokens, user, fits)) {
      const party = { id: token.id, type: 'refresh_token', alternateId: 'unknown', displayName: 'Refresh Token' };
      const targets = [party, this.#clientParty(textAt(token, 'clientId') ?? ''), this.userParty(user)];
      this.emit({ eventType: 'app.oauth2.token.revoke', displayMessage: 'OIDC token revocation request', targets });
    }
  }

  /** All of a person at once: one event, whatever there was. */
  revokeAllTokens(userId: string): void {
    const user = this.user(userId);
    this.#drop(this.refreshTokens, user, () => true);
    const eventType = 'app.oauth2.token.revoke.implicit.user';
    this.emit({ eventType, displayMessage: 'Tokens revoked for user', targets: [this.userParty(user)] });
  }

  #drop(lists: AccountLists, user: OktaObject, fits: (one: OktaObject) => boolean): readonly OktaObject[] {
    const before = lists.of(user);
    const gone = before.filter(fits);
    if (gone.length > 0) {
      lists.replace(
        user.id,
        before.filter((one) => !fits(one)),
      );
    }
    return gone;
  }

  #clientParty(clientId: string): EventParty {
    const app = this.applications.apps.get(clientId);
    if (app) return { ...this.appParty(app), type: 'PublicClientApp' };
    return { id: clientId, type: 'PublicClientApp', alternateId: clientId, displayName: clientId };
  }

  #activeRuleOf(groupId: string): OktaObject | undefined {
    for (const rule of this.directory.rules.values()) {
      const groups = valueAt(rule, 'actions', 'assignUserToGroups', 'groupIds');
      if (rule['status'] === 'ACTIVE' && Array.isArray(groups) && groups.includes(groupId)) return rule;
    }
    return undefined;
  }

  #exclude(rule: OktaObject, userId: string): void {
    const before = found(this.directory.rules.get(rule.id), 'group rule', rule.id);
    const people = objectAt(before, 'conditions', 'people');
    const excluded = valueAt(people, 'users', 'exclude');
    const exclude = [...(Array.isArray(excluded) ? excluded : []), userId];
    const conditions = { ...objectAt(before, 'conditions'), people: { ...people, users: { exclude } } };
    this.directory.rules.set(rule.id, { ...before, conditions, lastUpdated: this.after(before) });
    const name = textAt(before, 'name') ?? rule.id;
    this.emit({
      eventType: 'group.user_membership.rule.add_exclusion',
      displayMessage: 'User added to exclusion list for group rule.',
      actor: this.machineActor(),
      targets: [this.userParty(this.user(userId)), { id: rule.id, type: 'GroupRule', alternateId: name, displayName: name }],
    });
  }
}

const CONSENT_EVENTS = {
  one: 'app.oauth2.as.consent.revoke',
  client: 'app.oauth2.as.consent.revoke.user.client',
  all: 'app.oauth2.as.consent.revoke.user',
} as const;
