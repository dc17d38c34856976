import { enrolmentParty, FACTOR_NAMES } from '../generator/sign-in-events.js';
import type { JsonObject, OktaObject } from '../json/json.js';
import { objectAt, textAt } from '../json/json.js';
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
    this.#factorEvent('activate', user, factor);
    return factor;
  }

  removeFactor(userId: string, factorId: string): void {
    const user = this.user(userId);
    const factors = this.factors.of(user);
    this.factors.replace(
      userId,
      factors.filter(({ id }) => id !== factorId),
    );
    this.#factorEvent(
      'deactivate',
      user,
      factors.find(({ id }) => id === factorId),
    );
  }

  resetFactors(userId: string): void {
    this.factors.replace(userId, []);
    this.#factorEvent('reset_all', this.user(userId));
  }

  /** A device with Okta Verify, added to the account. @param known id of a device that somebody else has enrolled already */
  enrolDevice(userId: string, profile: JsonObject, known?: string): string {
    const user = this.user(userId);
    const id = known ?? this.newId('guo');
    const created = this.nowText();
    const device = { id, status: 'ACTIVE', created, lastUpdated: created, profile, _links: {} };
    this.devices.replace(userId, [...this.devices.of(user), { created, deviceUserId: this.newId('lnk'), device }]);
    const actor = this.userParty(user);
    const name = textAt(profile, 'displayName') ?? id;
    const party = { id, type: 'Device', alternateId: 'unknown', displayName: name };
    const detailEntry = { deviceName: name, oktaDeviceId: id, osPlatform: textAt(profile, 'platform') ?? 'UNKNOWN' };
    const targets = [{ ...party, detailEntry }, actor];
    if (known === undefined)
      this.emit({ eventType: 'device.enrollment.create', displayMessage: 'Enroll new device', actor, targets });
    this.emit({ eventType: 'device.user.add', displayMessage: 'Add device to user', actor, targets });
    return id;
  }

  /** The person, or whoever does it for them, sets another password. Who was to reset or renew it is active again. */
  changePassword(userId: string): void {
    const user = this.user(userId);
    const lastUpdated = this.after(user);
    const waited = user['status'] === 'RECOVERY' || user['status'] === 'PASSWORD_EXPIRED';
    const status = waited ? { status: 'ACTIVE', statusChanged: lastUpdated } : {};
    this.directory.users.set(userId, { ...user, ...status, passwordChanged: lastUpdated, lastUpdated });
    const actor = this.userParty(user);
    const event = { eventType: 'user.account.update_password', displayMessage: 'User update password for Okta' };
    this.emit({ ...event, actor, targets: [actor] });
  }

  /** Where mail goes that lets an account be recovered. */
  changeSecondEmail(userId: string, secondEmail: string): void {
    const user = this.user(userId);
    const changed = { ...user, profile: { ...objectAt(user, 'profile'), secondEmail }, lastUpdated: this.after(user) };
    this.directory.users.set(userId, changed);
    const actor = this.userParty(changed);
    const event = { eventType: 'user.account.update_secondary_email', displayMessage: 'User secondary email updated' };
    this.emit({ ...event, actor, targets: [actor] });
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
      issuer: { id: idp.id, type: 'IDP' },
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

  #factorEvent(verb: keyof typeof FACTOR_EVENTS, user: OktaObject, factor?: OktaObject): void {
    const actor = this.userParty(user);
    const [displayMessage, done] = FACTOR_EVENTS[verb];
    const name = factor && (FACTOR_NAMES[textAt(factor, 'factorType') ?? ''] ?? 'CUSTOM_FACTOR');
    this.emit({
      eventType: `user.mfa.factor.${verb}`,
      displayMessage,
      ...(name !== undefined && { reason: `User ${done} ${name} factor` }),
      actor,
      targets: factor === undefined ? [actor] : [actor, enrolmentParty(factor)],
    });
  }
}

/** By the verb: what the event is called, and what its reason says of the factor. */
const FACTOR_EVENTS = {
  activate: ['Activate factor or authenticator enrollment method for user', 'set up'],
  deactivate: ['Reset factor or authenticator enrollment method for user', 'reset'],
  reset_all: ['Reset all factors or authenticator enrollments for user', 'reset'],
} as const;
