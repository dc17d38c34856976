import type { JsonObject, OktaObject } from '../json/json.js';
import { hasId, textAt } from '../json/json.js';
import type { EventParty } from '../system-log/event.js';
import { found } from './directory-changes.js';
import { grantsOf, rulesOf } from './setting-lists.js';
import { SignInChanges } from './sign-in-changes.js';

/** Lists of the org's settings that can be changed, the type Okta gives them as targets, and the start of their events. */
const KINDS = {
  zones: { type: 'NetworkZone', event: 'zone' },
  behaviors: { type: 'BehaviorSettings', event: 'security.behavior.settings' },
  'trusted-origins': { type: 'TrustedOrigin', event: 'security.trusted_origin' },
  'log-streams': { type: 'LogStream', event: 'system.log_stream.lifecycle' },
  policies: { type: 'PolicyEntity', event: 'policy.lifecycle' },
} as const;

export type SettingList = keyof typeof KINDS;

/** Changes to the org's settings: policies and their rules, zones, authenticators, tokens, ThreatInsight. */
export class PostureChanges extends SignInChanges {
  /** Adds a zone, trusted origin, policy or the like; `fields` without id and times. */
  addSetting(list: SettingList, prefix: string, fields: JsonObject): OktaObject {
    const now = this.nowText();
    const object = { id: this.newId(prefix), status: 'ACTIVE', created: now, lastUpdated: now, ...fields };
    this.list(list).set(object.id, object);
    this.#settingEvent(list, 'create', object);
    return object;
  }

  updateSetting(list: SettingList, id: string, patch: JsonObject): OktaObject {
    const before = this.#setting(list, id);
    const changed = { ...before, ...patch, id, lastUpdated: this.after(before) };
    this.list(list).set(id, changed);
    const status = patch['status'];
    const canSwitch = list !== 'behaviors';
    const verb = canSwitch && status === 'INACTIVE' ? 'deactivate' : canSwitch && status === 'ACTIVE' ? 'activate' : 'update';
    this.#settingEvent(list, verb, changed);
    return changed;
  }

  deleteSetting(list: SettingList, id: string): void {
    const before = this.#setting(list, id);
    this.list(list).delete(id);
    if (list === 'policies') this.lists.delete(rulesOf(id));
    this.#settingEvent(list, 'delete', before);
  }

  updatePolicy(policyId: string, patch: JsonObject): OktaObject {
    return this.updateSetting('policies', policyId, patch);
  }

  updateZone(zoneId: string, patch: JsonObject): OktaObject {
    return this.updateSetting('zones', zoneId, patch);
  }

  /** @param fields the whole zone but id and times; those of a list of blocked addresses say so in an event of its own */
  addZone(fields: JsonObject): OktaObject {
    const id = this.newId('nzo');
    const self = { href: `${this.links.base}/api/v1/zones/${id}` };
    const now = this.nowText();
    const zone = { id, status: 'ACTIVE', created: now, lastUpdated: now, system: false, ...fields, _links: { self } };
    this.list('zones').set(id, zone);
    this.#settingEvent('zones', 'create', zone);
    if (fields['usage'] === 'BLOCKLIST') this.#settingEvent('zones', 'make_blacklist', zone);
    return zone;
  }

  /** The whole zone anew: what is not among the fields is gone. Its status stays; that has calls of its own. */
  replaceZone(zoneId: string, fields: JsonObject): OktaObject {
    const before = this.#setting('zones', zoneId);
    const { status, created, system, _links } = before;
    const zone = { ...fields, id: zoneId, status, created, system, lastUpdated: this.after(before), _links };
    this.list('zones').set(zoneId, zone);
    this.#settingEvent('zones', 'update', zone);
    const [was, is] = [before['usage'], fields['usage']].map((usage) => usage === 'BLOCKLIST');
    if (was !== is) this.#settingEvent('zones', is ? 'make_blacklist' : 'remove_blacklist', zone);
    return zone;
  }

  addPolicyRule(policyId: string, fields: JsonObject): OktaObject {
    const policy = this.#setting('policies', policyId);
    const now = this.nowText();
    const rule = { id: this.newId('0pr'), status: 'ACTIVE', created: now, lastUpdated: now, ...fields };
    this.list(rulesOf(policyId)).set(rule.id, rule);
    this.#policyRuleEvent('add', policy, rule);
    return rule;
  }

  updatePolicyRule(policyId: string, ruleId: string, patch: JsonObject): OktaObject {
    const policy = this.#setting('policies', policyId);
    const before = withId(this.list(rulesOf(policyId)).get(ruleId), 'policy rule', ruleId);
    const changed = { ...before, ...patch, id: ruleId, lastUpdated: this.after(before) };
    this.list(rulesOf(policyId)).set(ruleId, changed);
    this.#policyRuleEvent('update', policy, changed, before);
    return changed;
  }

  deletePolicyRule(policyId: string, ruleId: string): void {
    const policy = this.#setting('policies', policyId);
    const before = withId(this.list(rulesOf(policyId)).get(ruleId), 'policy rule', ruleId);
    this.list(rulesOf(policyId)).delete(ruleId);
    this.#policyRuleEvent('delete', policy, before);
  }

  setAuthenticatorStatus(authenticatorId: string, status: 'ACTIVE' | 'INACTIVE'): void {
    const before = withId(this.list('authenticators').get(authenticatorId), 'authenticator', authenticatorId);
    this.list('authenticators').set(authenticatorId, { ...before, status, lastUpdated: this.after(before) });
    const eventType = `security.authenticator.lifecycle.${status === 'ACTIVE' ? 'activate' : 'deactivate'}`;
    this.emit({ eventType, displayMessage: 'Authenticator changed', targets: [named(before, 'Authenticator')] });
  }

  /** @param zones ids of the zones that it may be used from; none: from anywhere */
  addApiToken(userId: string, name: string, zones: readonly string[] = []): OktaObject {
    const created = this.nowText();
    const expiresAt = new Date(this.now().getTime() + 30 * 86_400_000).toISOString();
    const connection = zones.length === 0 ? 'ANYWHERE' : 'ZONE';
    const network = { connection, ...(zones.length > 0 && { include: zones, exclude: [] }) };
    const times = { created, lastUpdated: created, expiresAt };
    const about = { name, userId, clientName: 'Okta API', tokenWindow: 'P30D', network };
    const token = { id: this.newId('00T'), ...about, ...times, _links: {} };
    this.list('api-tokens').set(token.id, token);
    const debugData = {
      networkConnection: connection,
      ...(zones.length > 0 && { includedNetworkZones: `[${zones.join(', ')}]` }),
    };
    const event = { eventType: 'system.api_token.create', displayMessage: 'Create API token' };
    this.emit({ ...event, targets: [named(token, 'Token')], debugData });
    return token;
  }

  /** Lets an app ask the API for what the scope covers. */
  grantScope(appId: string, scopeId: string): void {
    const app = this.app(appId);
    const created = this.nowText();
    const id = this.newId('oag');
    const grant = { status: 'ACTIVE', issuer: this.links.base, clientId: appId, scopeId, source: 'ADMIN' };
    this.list(grantsOf(appId)).set(id, { id, ...grant, created, lastUpdated: created, _links: {} });
    const targets = [{ ...this.appParty(app), type: 'PublicClientApp', detailEntry: { scope: scopeId } }];
    this.emit({ eventType: 'app.oauth2.admin.consent.grant', displayMessage: 'Consent granted by admin', targets });
  }

  /** A rule is changed in a branch of its policy, and the branch takes the place of the policy: no rule's own event is written. */
  promotePolicyBranch(policyId: string, ruleId: string, patch: JsonObject): void {
    const policy = this.#setting('policies', policyId);
    const before = withId(this.list(rulesOf(policyId)).get(ruleId), 'policy rule', ruleId);
    const branch = { branchId: this.newId('rsb'), branchStatus: 'STAGED' };
    const target = { ...named(policy, 'PolicyEntity'), detailEntry: branch };
    this.emit({ eventType: 'policy.branch.lifecycle.create', displayMessage: 'Create policy branch', targets: [target] });
    const changed = { ...before, ...patch, id: ruleId, lastUpdated: this.after(before) };
    const rule = { ...named(changed, 'PolicyRule'), ...actionsChanged(before, changed) };
    const targets = [target, rule];
    this.emit({ eventType: 'policy.branch.rule.update', displayMessage: 'Update policy rule in a branch', targets });
    this.list(rulesOf(policyId)).set(ruleId, changed);
    const live = { ...target, detailEntry: { ...branch, branchStatus: 'LIVE' } };
    this.emit({ eventType: 'policy.branch.lifecycle.promote', displayMessage: 'Promote policy branch', targets: [live] });
  }

  revokeApiToken(tokenId: string): void {
    const token = withId(this.list('api-tokens').get(tokenId), 'API token', tokenId);
    this.list('api-tokens').delete(tokenId);
    const targets = [named(token, 'Token')];
    this.emit({ eventType: 'system.api_token.revoke', displayMessage: 'Revoke API token', targets });
  }

  updateThreatInsight(patch: JsonObject): void {
    const [key, before] = ['configuration', [...this.list('threat-insight').values()].at(-1) ?? {}] as const;
    this.list('threat-insight').set(key, { ...before, ...patch, lastUpdated: this.after(before) });
    this.emit({ eventType: 'security.threat.configuration.update', displayMessage: 'ThreatInsight changed' });
  }

  #setting(list: SettingList, id: string): OktaObject {
    return withId(this.list(list).get(id), list, id);
  }

  #settingEvent(list: SettingList, verb: string, object: OktaObject): void {
    const { type, event } = KINDS[list];
    this.emit({ eventType: `${event}.${verb}`, displayMessage: `Setting ${verb}`, targets: [named(object, type)] });
  }

  #policyRuleEvent(verb: string, policy: OktaObject, rule: OktaObject, before?: OktaObject): void {
    const targets = [named(policy, 'PolicyEntity'), { ...named(rule, 'PolicyRule'), ...actionsChanged(before, rule) }];
    this.emit({ eventType: `policy.rule.${verb}`, displayMessage: `Policy rule ${verb}`, targets });
  }
}

function named(object: OktaObject, type: string): EventParty {
  const name = textAt(object, 'name') ?? object.id;
  return { id: object.id, type, alternateId: name, displayName: name };
}

/** What a rule lets in was one thing and is another now. Okta writes both as text. */
function actionsChanged(before: OktaObject | undefined, rule: OktaObject): Pick<EventParty, 'changeDetails'> {
  const [from, to] = [before?.['actions'], rule['actions']].map((actions) => JSON.stringify(actions ?? {}));
  if (before === undefined || from === to) return {};
  return { changeDetails: { from: { policyRuleActionJson: from }, to: { policyRuleActionJson: to } } };
}

function withId(value: JsonObject | undefined, what: string, id: string): OktaObject {
  const object = found(value, what, id);
  return hasId(object) ? object : { ...object, id };
}
