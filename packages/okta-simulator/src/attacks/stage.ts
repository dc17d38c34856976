import { hashOf, type Random } from '../generator/random.js';
import { makeId } from '../generator/ids.js';
import type { JsonObject, OktaObject } from '../json/json.js';
import { hasId, textAt, timeOf } from '../json/json.js';
import type { Org } from '../org/org.js';
import { rulesOf } from '../org/setting-lists.js';
import type { EventDraft, EventParty } from '../system-log/event.js';
import { DAY } from '../generator/plan.js';
import type { Client } from './places.js';
import { atOffice } from './places.js';
import { Session } from './session.js';

const ROLE_LABELS = {
  SUPER_ADMIN: 'Super Administrator',
  ORG_ADMIN: 'Organization Administrator',
  HELP_DESK_ADMIN: 'Help Desk Administrator',
  READ_ONLY_ADMIN: 'Read-only Administrator',
} as const;

export type Role = keyof typeof ROLE_LABELS;

/** How many factors a rule of an access policy asks for. */
export type FactorMode = '1FA' | '2FA';

interface PolicyRule {
  readonly policyId: string;
  readonly ruleId: string;
}

/** A rule that asks for two factors, and what of it is other when it asks for one. */
interface StrictRule extends PolicyRule {
  readonly weakened: JsonObject;
}

/** Where a scenario is played: its clock, its people and the org. Who has had a part in it is not given another one. */
export class Stage {
  #time: number;
  readonly #cast = new Set<string>();
  #rule: StrictRule | undefined;

  constructor(
    readonly org: Org,
    at: Date,
    readonly random: Random,
  ) {
    this.#time = at.getTime();
  }

  get now(): Date {
    return new Date(this.#time);
  }

  /** Time goes on: about so many seconds, never backwards. */
  pass(seconds: number): void {
    this.#time += Math.max(1, Math.round(seconds * 1000 * (0.85 + 0.3 * this.random.next())));
  }

  minutes(count: number): void {
    this.pass(count * 60);
  }

  /**
   * Somebody without any role who can sign in.
   * @param factor type of a factor that they have: enrolled long ago where it is missing
   * @param city where they work
   */
  person(factor?: string, city?: string): OktaObject {
    const { administration, directory } = this.org;
    const administrators = new Set(this.org.roleAssignees());
    const one = directory.users.drawn(
      this.random.next(),
      (user) =>
        this.#isFree(user) &&
        this.#worksHere(user) &&
        (city === undefined || textAt(user, 'profile', 'city') === city) &&
        !administrators.has(user.id) &&
        !administration.holdsRole(userOf(user)),
    );
    return this.#given(one ?? this.#hired({ userType: 'Employee', ...(city !== undefined && { city }) }), factor);
  }

  people(count: number, factor?: string): readonly OktaObject[] {
    return Array.from({ length: count }, () => this.person(factor));
  }

  /** People of one site. */
  colleagues(count: number, factor?: string): readonly OktaObject[] {
    const first = this.person(factor);
    const city = textAt(first, 'profile', 'city');
    return [first, ...Array.from({ length: count - 1 }, () => this.person(factor, city))];
  }

  /** Somebody with the role over the whole org: given long ago where nobody has it. */
  administrator(role: Role, factor = 'signed_nonce'): OktaObject {
    const { directory, administration } = this.org;
    const held = administration
      .holders('user')
      .filter((id) =>
        [...administration.assignments({ kind: 'user', id }).values()].some(
          ({ object, groupTargets, appTargets }) => object['type'] === role && groupTargets.length + appTargets.length === 0,
        ),
      );
    const able = held
      .flatMap((id) => directory.users.get(id) ?? [])
      .filter((user) => this.#isFree(user) && this.#worksHere(user));
    const one = able.length > 0 ? this.random.pick(able) : this.person();
    if (able.length === 0) this.before(400, () => this.org.grantRole(userOf(one), { type: role, label: ROLE_LABELS[role] }));
    return this.#given(one, factor);
  }

  /** The scene is set: as it has been for so many days, and no event in the log says so. */
  before<T>(days: number, change: () => T): T {
    return this.org.silently(() => this.org.under({ at: new Date(this.#time - days * DAY) }, change));
  }

  /** Applications that people open in a browser. */
  applications(count: number): readonly OktaObject[] {
    const openable = [...this.org.applications.apps.values()].filter(
      (app) =>
        app['status'] === 'ACTIVE' &&
        app['name'] !== 'active_directory' &&
        textAt(app, 'settings', 'oauthClient', 'application_type') !== 'service',
    );
    const wanted = [...openable];
    while (wanted.length < count)
      wanted.push(this.before(300, () => this.org.addApp({ label: `Team site ${wanted.length + 1}` })));
    return wanted.slice(0, count);
  }

  /** Signed on to by statements that Okta signs. */
  federatedApplication(): OktaObject {
    const { applications } = this.org;
    const one = [...applications.apps.values()].find(
      (app) => app['signOnMode'] === 'SAML_2_0' && textAt(app, 'credentials', 'signing', 'kid') !== undefined,
    );
    if (one !== undefined) return one;
    return this.before(300, () => {
      const { id } = this.org.addApp({ label: 'Cloud console', name: 'cloudconsole', signOnMode: 'SAML_2_0' });
      this.org.rotateSigningKey(id, new Date(this.#time + 20 * DAY).toISOString());
      return applications.apps.get(id) ?? { id };
    });
  }

  /** Keeps a password of each of its people. */
  passwordApplication(): OktaObject {
    const modes: ReadonlySet<unknown> = new Set(['BROWSER_PLUGIN', 'SECURE_PASSWORD_STORE', 'BASIC_AUTH']);
    const one = [...this.org.applications.apps.values()].find((app) => modes.has(app['signOnMode']));
    const made = { label: 'Courier account', name: 'template_swa', signOnMode: 'BROWSER_PLUGIN' };
    return one ?? this.before(300, () => this.org.addApp(made));
  }

  /** Gets tokens for the people who use it. */
  clientApplication(): OktaObject {
    const isClient = (app: OktaObject): boolean =>
      ['web', 'native'].includes(textAt(app, 'settings', 'oauthClient', 'application_type') ?? '');
    const one = [...this.org.applications.apps.values()].find((app) => app['status'] === 'ACTIVE' && isClient(app));
    const made = { label: 'Field app', name: 'oidc_client', signOnMode: 'OPENID_CONNECT' };
    return one ?? this.before(300, () => this.org.addApp(made));
  }

  directoryApplication(): OktaObject {
    const one = [...this.org.applications.apps.values()].find(({ name }) => name === 'active_directory');
    const made = { label: 'Directory', name: 'active_directory', signOnMode: 'AUTO_LOGIN' };
    return one ?? this.before(500, () => this.org.addApp(made));
  }

  /** Ids of the zones that stand for the offices. */
  officeZones(): readonly string[] {
    const zones = this.org.list('zones');
    const [id] = [...zones.keys()].filter((one) => zones.get(one)?.['name'] === 'Offices');
    return [id ?? this.before(700, () => this.org.addSetting('zones', 'nzo', { name: 'Offices', type: 'IP' })).id];
  }

  /** Of an access policy, where the org has one that asks for two factors. */
  get strictRule(): StrictRule {
    this.#rule ??= this.#weakenable();
    return this.#rule;
  }

  #weakenable(): StrictRule {
    const { policyId, ruleId } = this.#ruleThatAsksFor('2FA');
    // The text is that of an object, with one word in it replaced.
    const text = actionsOf(this.org, policyId, ruleId).replace(asks('2FA'), asks('1FA'));
    return { policyId, ruleId, weakened: { actions: JSON.parse(text) as JsonObject } };
  }

  #ruleThatAsksFor(mode: FactorMode): PolicyRule {
    const { org } = this;
    const rules = [...org.list('policies').values()].filter(hasId).flatMap((policy): readonly PolicyRule[] => {
      if (policy['type'] !== 'ACCESS_POLICY') return [];
      return [...org.list(rulesOf(policy.id)).keys()].map((ruleId) => ({ policyId: policy.id, ruleId }));
    });
    const fitting = rules.filter(({ policyId, ruleId }) => actionsOf(org, policyId, ruleId).includes(asks(mode)));
    // One that this scenario has weakened before all others: it is why one factor is enough.
    return fitting.find(({ ruleId }) => ruleId === this.#rule?.ruleId) ?? fitting[0] ?? this.#madeRule(mode);
  }

  #madeRule(factorMode: FactorMode): PolicyRule {
    return this.before(300, () => {
      const { id } = this.org.addSetting('policies', 'rst', { name: `Access by ${factorMode}`, type: 'ACCESS_POLICY' });
      const verificationMethod = { factorMode, type: 'ASSURANCE', reauthenticateIn: 'PT2H', constraints: [] };
      const actions = { appSignOn: { access: 'ALLOW', verificationMethod } };
      const rule = this.org.addPolicyRule(id, { name: 'Catch-all Rule', type: 'ACCESS_POLICY', actions });
      return { policyId: id, ruleId: rule.id };
    });
  }

  get console(): EventParty {
    return this.#firstParty('Okta Admin Console', 1);
  }

  get dashboard(): EventParty {
    return this.#firstParty('Okta Dashboard', 2);
  }

  /** A policy that decides over sign-ins, with a rule of it that asks for so many factors now. */
  accessPolicy(mode: FactorMode): readonly EventParty[] {
    const { policyId, ruleId } = this.#ruleThatAsksFor(mode);
    const named = (list: string, id: string, type: string): EventParty => {
      const name = textAt(this.org.list(list).get(id), 'name') ?? id;
      return { id, type, alternateId: name, displayName: name };
    };
    return [named('policies', policyId, 'PolicyEntity'), named(rulesOf(policyId), ruleId, 'PolicyRule')];
  }

  #firstParty(name: string, number: number): EventParty {
    const id = makeId('0oa', this.org.settings.seed, 499_999_900 + number);
    return { id, type: 'AppInstance', alternateId: name, displayName: name };
  }

  group(accept: (group: OktaObject) => boolean = () => true): OktaObject {
    const { groups } = this.org.directory;
    const privileged = (id: string): boolean => this.org.administration.holdsRole({ kind: 'group', id });
    const one = groups.drawn(
      this.random.next(),
      (group) => group['type'] === 'OKTA_GROUP' && !privileged(group.id) && accept(group),
    );
    return one ?? this.before(200, () => this.org.addGroup({ name: 'Project' }));
  }

  /** A browser that somebody is about to sign in with. @param device what tells the device: the same for the same words */
  session(user: OktaObject, client: Client = atOffice(user), device = `laptop of ${user.id}`): Session {
    return new Session(this, user, client, { id: this.id('idx'), dtHash: this.hash(device) });
  }

  /** An id that Okta would give to something that the org does not keep. */
  id(prefix: string): string {
    return makeId(prefix, hashOf(this.org.settings.seed, this.#time), this.random.below(900_000_000));
  }

  hash(text: string): string {
    const part = (index: number): string => hashOf(this.org.settings.seed, text, index).toString(16).padStart(8, '0');
    return Array.from({ length: 8 }, (_, index) => part(index)).join('');
  }

  /** What Okta does by itself, without a request of anybody's. */
  okta(eventType: string, displayMessage: string, draft: Partial<EventDraft> = {}): void {
    const actor = this.org.machineActor();
    this.org.under({ at: this.now }, () => this.org.emit({ actor, ...draft, eventType, displayMessage }));
    this.pass(0.4);
  }

  #isFree(user: OktaObject): boolean {
    return !this.#cast.has(user.id);
  }

  /** No service, and seen lately. */
  #worksHere(user: OktaObject): boolean {
    const isPerson = user['status'] === 'ACTIVE' && textAt(user, 'profile', 'userType') !== 'Service';
    return isPerson && (timeOf(user['lastLogin']) ?? 0) > this.#time - 60 * DAY;
  }

  #hired(profile: JsonObject): OktaObject {
    return this.before(200, () => this.org.addUser({ firstName: 'Ira', lastName: 'Larch', profile }));
  }

  #given(user: OktaObject, factor: string | undefined): OktaObject {
    this.#cast.add(user.id);
    const has = this.org.factorsOf(user.id).some((one) => one['factorType'] === factor && one['status'] === 'ACTIVE');
    if (factor !== undefined && !has) this.before(200, () => this.org.enrolFactor(user.id, factor));
    return this.org.directory.users.get(user.id) ?? user;
  }
}

const userOf = ({ id }: OktaObject): { readonly kind: 'user'; readonly id: string } => ({ kind: 'user', id });

const asks = (mode: FactorMode): string => `"factorMode":"${mode}"`;

const actionsOf = (org: Org, policyId: string, ruleId: string): string =>
  JSON.stringify(org.list(rulesOf(policyId)).get(ruleId)?.['actions'] ?? {});
