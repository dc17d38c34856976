import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, OktaObject } from '../json/json.js';
import { objectAt, textAt } from '../json/json.js';
import { ApplicationChanges } from './application-changes.js';
import { found } from './directory-changes.js';
import { connectionsOf, featuresOf, secretsOf, signingKeysOf } from './setting-lists.js';

export interface PushState {
  readonly created: string;
  readonly status: 'ACTIVE' | 'ERROR' | 'INACTIVE';
}

/** Changes to what apps prove themselves by, and to what is written into them. */
export class ProvisioningChanges extends ApplicationChanges {
  addClientSecret(appId: string): OktaObject {
    const app = this.app(appId);
    const id = this.newId('ocs');
    const created = this.nowText();
    const secret = { id, status: 'ACTIVE', client_secret: `simulated-${id}`, secret_hash: `hash-${id}` };
    const object = { ...secret, created, lastUpdated: created, _links: {} };
    this.list(secretsOf(appId)).set(id, object);
    this.#credentialEvent('create', app);
    return object;
  }

  setClientSecretStatus(appId: string, secretId: string, status: 'ACTIVE' | 'INACTIVE'): void {
    const app = this.app(appId);
    const secret = found(this.list(secretsOf(appId)).get(secretId), 'client secret', secretId);
    this.list(secretsOf(appId)).set(secretId, { ...secret, status, lastUpdated: this.after(secret) });
    this.#credentialEvent(status === 'ACTIVE' ? 'activate' : 'deactivate', app);
  }

  /** Makes another certificate, and signs for the app with it from now on. */
  rotateSigningKey(appId: string, expiresAt: string): void {
    const app = this.app(appId);
    const kid = this.#addSigningKey(appId, expiresAt);
    const signing = { ...objectAt(app, 'credentials', 'signing'), kid };
    const credentials = { ...objectAt(app, 'credentials'), signing };
    this.applications.apps.set(appId, { ...app, credentials, lastUpdated: this.after(app) });
    const targets = [this.appParty(app)];
    this.emit({ eventType: 'app.keys.rotate', displayMessage: 'Application signing key rotated', targets });
  }

  /** What becomes of passwords in the app: `{ status, seed, change }`. */
  setPasswordPush(appId: string, password: JsonObject): void {
    const app = this.app(appId);
    const feature = this.#feature(appId, 'USER_PROVISIONING');
    const capabilities = objectAt(feature, 'capabilities');
    const update = { ...objectAt(capabilities, 'update'), password };
    this.list(featuresOf(appId)).set('USER_PROVISIONING', { ...feature, capabilities: { ...capabilities, update } });
    const event = { eventType: 'application.lifecycle.update', displayMessage: 'Update application' };
    const before = passwordSettings(objectAt(capabilities, 'update', 'password'));
    const now = passwordSettings(password);
    const on = password['status'] === 'ENABLED';
    this.emit({
      ...event,
      reason: on ? 'Pushing user passwords' : 'Stop pushing user passwords',
      targets: [{ ...this.appParty(app), changeDetails: { from: before, to: now } }],
    });
  }

  /** Everything that a feature of the app does. What becomes of passwords has an event that says so. */
  setCapabilities(appId: string, name: string, capabilities: JsonObject): void {
    const feature = this.#feature(appId, name);
    const before = objectAt(feature, 'capabilities');
    const password = objectAt(capabilities, 'update', 'password');
    const pushMoved = !same(password, objectAt(before, 'update', 'password'));
    const update = { ...objectAt(capabilities, 'update'), password: objectAt(before, 'update', 'password') };
    const rest = pushMoved ? { ...capabilities, update } : capabilities;
    if (!same(rest, before)) {
      this.list(featuresOf(appId)).set(name, { ...feature, capabilities: rest });
      const targets = [this.appParty(this.app(appId))];
      this.emit({ eventType: 'application.lifecycle.update', displayMessage: 'Update application', targets });
    }
    if (pushMoved) this.setPasswordPush(appId, password);
  }

  /** Lets the app be written to. @param baseUrl where its accounts are written to */
  switchProvisioningOn(appId: string, baseUrl: string): void {
    const app = this.app(appId);
    const status = (on: boolean): JsonObject => ({ status: on ? 'ENABLED' : 'DISABLED' });
    const password = { ...status(false), seed: 'RANDOM', change: 'KEEP_EXISTING' };
    const update = { profile: status(true), lifecycleDeactivate: status(false), password };
    this.list(featuresOf(appId)).set('USER_PROVISIONING', {
      name: 'USER_PROVISIONING',
      ...status(true),
      description: 'Settings for provisioning users from Okta to the app',
      capabilities: { create: { lifecycleCreate: status(true) }, update },
      _links: {},
    });
    const connection = { authScheme: 'TOKEN', baseUrl, ...status(true), profile: { authScheme: 'TOKEN' }, _links: {} };
    this.list(connectionsOf(appId)).set('default', connection);
    const changed = { ...app, features: ['PUSH_NEW_USERS', 'PUSH_PROFILE_UPDATES'], lastUpdated: this.after(app) };
    this.applications.apps.set(appId, changed);
    this.emit({
      eventType: 'application.lifecycle.update',
      displayMessage: 'Update application',
      reason: 'Pushing new users',
      targets: [this.appParty(changed)],
    });
  }

  /** Another certificate that Okta could sign with for the app; which one it signs with stays. Returns its `kid`. */
  generateSigningKey(appId: string, expiresAt: string): string {
    const app = this.app(appId);
    const kid = this.#addSigningKey(appId, expiresAt);
    this.emit({
      eventType: 'app.keys.generate',
      displayMessage: 'New signing key generated',
      targets: [this.appParty(app)],
      debugData: { kid },
    });
    return kid;
  }

  /** Gives another app the certificate that this one is signed for with. */
  cloneSigningKey(appId: string, otherAppId: string): void {
    const [app, other] = [this.app(appId), this.app(otherAppId)];
    const kid = found(textAt(app, 'credentials', 'signing', 'kid'), 'signing key of the application', appId);
    this.list(signingKeysOf(otherAppId)).set(kid, this.list(signingKeysOf(appId)).get(kid) ?? { kid });
    this.emit({
      eventType: 'app.keys.clone',
      displayMessage: 'Application signing key cloned',
      targets: [this.appParty(app), this.appParty(other)],
      debugData: { kid, sourceAppInstanceId: appId, targetAppInstanceId: otherAppId },
    });
  }

  #feature(appId: string, name: string): JsonObject {
    return found(this.list(featuresOf(appId)).get(name), 'provisioning of the app', appId);
  }

  #addSigningKey(appId: string, expiresAt: string): string {
    const kid = this.newId('kid');
    const created = this.nowText();
    this.list(signingKeysOf(appId)).set(kid, { kid, kty: 'RSA', use: 'sig', created, lastUpdated: created, expiresAt });
    return kid;
  }

  pushGroup(appId: string, groupId: string): OktaObject {
    const app = this.app(appId);
    const group = this.group(groupId);
    const id = this.newId('gPm');
    const mapping = this.pushMapping(appId, id, groupId, { created: this.nowText(), status: 'ACTIVE' });
    this.applications.pushes(appId).set(id, mapping);
    const eventType = 'application.provision.group_push.mapping.created';
    this.emit({
      eventType,
      displayMessage: 'Group push mapping created',
      targets: [this.appParty(app), this.groupParty(group)],
    });
    return mapping;
  }

  /** Okta makes the group that stands for the one in the app when it pushes for the first time; here it is only named. */
  pushMapping(appId: string, id: string, sourceGroupId: string, { created, status }: PushState): OktaObject {
    const targetGroupId = `00g${id.slice(3)}`;
    const { base } = this.links;
    return {
      id,
      status,
      sourceGroupId,
      targetGroupId,
      ...(status === 'ERROR' && { errorSummary: 'The app did not take the group.' }),
      created,
      lastUpdated: created,
      lastPush: created,
      _links: {
        app: { href: `${base}/api/v1/apps/${appId}` },
        sourceGroup: { href: `${base}/api/v1/groups/${sourceGroupId}` },
        targetGroup: { href: `${base}/api/v1/groups/${targetGroupId}` },
      },
    };
  }

  #credentialEvent(verb: string, app: OktaObject): void {
    const id = textAt(app, 'credentials', 'oauthClient', 'client_id') ?? app.id;
    const label = textAt(app, 'label') ?? id;
    const targets = [{ id, type: 'PublicClientApp', alternateId: label, displayName: label }];
    const eventType = `app.oauth2.credentials.lifecycle.${verb}`;
    this.emit({ eventType, displayMessage: `Client credentials ${verb}`, targets });
  }
}

const same = (left: JsonObject, right: JsonObject): boolean => isDeepStrictEqual(left, right);

const passwordSettings = ({ status, seed }: JsonObject): JsonObject => ({
  syncPassword: status === 'ENABLED' ? 'true' : 'false',
  passwordType: seed === 'OKTA' ? 'Sync Okta Password' : 'Sync a randomly generated password',
});
