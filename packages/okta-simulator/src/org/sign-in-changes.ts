import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { EventParty } from '../system-log/event.js';
import { AdministrationChanges } from './administration-changes.js';
import { found } from './directory-changes.js';

export interface NewIdp {
  readonly name: string;
  readonly type?: string;
  readonly protocol?: JsonObject;
  readonly policy?: JsonObject;
}

/** Changes to what people sign in with: factors, identity providers and the accounts linked there. */
export class SignInChanges extends AdministrationChanges {
  factorsOf(userId: string): readonly OktaObject[] {
    return this.factors.of(this.user(userId));
  }

  enrolFactor(userId: string, factorType: string, provider = 'OKTA', profile: JsonObject = {}): OktaObject {
    const user = this.user(userId);
    const id = this.newId('fct');
    const now = this.nowText();
    const times = { created: now, lastUpdated: now };
    const kind = { factorType, provider, vendorName: provider, status: 'ACTIVE' };
    const factor = { id, ...kind, ...times, profile, _links: this.links.factor(userId, id) };
    this.factors.replace(userId, [...this.factors.of(user), factor]);
    this.#factorEvent('activate', user);
    return factor;
  }

  removeFactor(userId: string, factorId: string): void {
    const user = this.user(userId);
    const rest = this.factors.of(user).filter((factor) => factor.id !== factorId);
    this.factors.replace(userId, rest);
    this.#factorEvent('deactivate', user);
  }

  resetFactors(userId: string): void {
    this.factors.replace(userId, []);
    this.#factorEvent('reset_all', this.user(userId));
  }

  addIdp(input: NewIdp): OktaObject {
    const id = this.newId('0oa');
    const now = this.nowText();
    const idp = {
      id,
      type: input.type ?? 'OIDC',
      name: input.name,
      status: 'ACTIVE',
      issuerMode: 'ORG_URL',
      created: now,
      lastUpdated: now,
      protocol: input.protocol ?? { type: 'OIDC', scopes: ['openid'] },
      policy: input.policy ?? { accountLink: { action: 'AUTO', filter: null }, maxClockSkew: 0 },
      _links: this.links.idp(id),
    };
    this.identityProviders.idps.set(id, idp);
    this.#idpEvent('create', idp);
    return idp;
  }

  updateIdp(idpId: string, patch: JsonObject): OktaObject {
    const idp = this.#idp(idpId);
    const changed = { ...idp, ...patch, id: idp.id, lastUpdated: this.after(idp) };
    this.identityProviders.idps.set(idpId, changed);
    const status = patch['status'];
    this.#idpEvent(status === 'INACTIVE' ? 'deactivate' : status === 'ACTIVE' ? 'activate' : 'update', changed);
    return changed;
  }

  deleteIdp(idpId: string): void {
    const idp = this.#idp(idpId);
    this.identityProviders.forgetIdp(idpId);
    this.#idpEvent('delete', idp);
  }

  linkIdpUser(idpId: string, userId: string, externalId = `external-${userId}`): void {
    const idp = this.#idp(idpId);
    const user = this.user(userId);
    const now = this.nowText();
    const link = {
      id: userId,
      externalId,
      created: now,
      lastUpdated: now,
      profile: { email: textAt(user, 'profile', 'email') ?? null },
      _links: this.links.idpUser(idp.id, userId),
    };
    this.identityProviders.users(idpId).set(userId, link);
    const actor = this.userParty(user);
    this.emit({
      eventType: 'user.authentication.auth_via_IDP',
      displayMessage: 'Sign-in via IdP',
      actor,
      targets: [this.#idpParty(idp), actor],
    });
  }

  /** Writes nothing to the log: Okta's catalogue (2026.08.1) has no type for an unlinked account. Only a full read finds it. */
  unlinkIdpUser(idpId: string, userId: string): boolean {
    return this.identityProviders.users(this.#idp(idpId).id).delete(userId);
  }

  #idp(idpId: string): OktaObject {
    return found(this.identityProviders.idps.get(idpId), 'identity provider', idpId);
  }

  #idpParty(idp: OktaObject): EventParty {
    const name = textAt(idp, 'name') ?? idp.id;
    return { id: idp.id, type: 'AppInstance', alternateId: name, displayName: name };
  }

  #idpEvent(verb: string, idp: OktaObject): void {
    const eventType = `system.idp.lifecycle.${verb}`;
    this.emit({ eventType, displayMessage: `Identity provider ${verb}`, targets: [this.#idpParty(idp)] });
  }

  #factorEvent(verb: string, user: OktaObject): void {
    const actor = this.userParty(user);
    this.emit({ eventType: `user.mfa.factor.${verb}`, displayMessage: 'MFA factor changed', actor, targets: [actor] });
  }
}
