import type { JsonObject, OktaObject } from '../json/json.js';
import { objectAt, textAt } from '../json/json.js';
import { ApplicationChanges } from './application-changes.js';
import { found } from './directory-changes.js';
import { featuresOf, secretsOf, signingKeysOf } from './setting-lists.js';

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
    const kid = this.newId('kid');
    const created = this.nowText();
    this.list(signingKeysOf(appId)).set(kid, { kid, kty: 'RSA', use: 'sig', created, lastUpdated: created, expiresAt });
    const signing = { ...objectAt(app, 'credentials', 'signing'), kid };
    const credentials = { ...objectAt(app, 'credentials'), signing };
    this.applications.apps.set(appId, { ...app, credentials, lastUpdated: this.after(app) });
    const targets = [this.appParty(app)];
    this.emit({ eventType: 'app.keys.rotate', displayMessage: 'Application signing key rotated', targets });
  }

  /** What becomes of passwords in the app: `{ status, seed, change }`. */
  setPasswordPush(appId: string, password: JsonObject): void {
    const app = this.app(appId);
    const feature = found(this.list(featuresOf(appId)).get('USER_PROVISIONING'), 'provisioning of the app', appId);
    const capabilities = objectAt(feature, 'capabilities');
    const update = { ...objectAt(capabilities, 'update'), password };
    this.list(featuresOf(appId)).set('USER_PROVISIONING', { ...feature, capabilities: { ...capabilities, update } });
    const outcome = { result: 'SUCCESS', reason: 'Pushing user passwords' } as const;
    const event = { eventType: 'application.lifecycle.update', displayMessage: 'Update application', outcome };
    this.emit({ ...event, targets: [this.appParty(app)] });
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
