import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../src/index.js';
import { attackScenarios, Org, playScenario } from '../src/index.js';
import { generateOrg } from '../src/generator/generate.js';
import { planOf } from '../src/generator/plan.js';
import { shared } from './description.js';

const EPOCH = new Date('2026-03-02T08:00:00.000Z');
const names = attackScenarios.map(({ name }) => name);

function makeOrg(users = 120): Org {
  const org = new Org({ baseUrl: 'http://127.0.0.1:1', now: () => EPOCH, seed: 5, derive: true });
  generateOrg(org, planOf({ users, groups: 30, apps: 25, events: 300 }, 5, EPOCH));
  return org;
}

interface LogEvent {
  readonly uuid: string;
  readonly published: string;
  readonly eventType: string;
  readonly actor: { readonly id: string; readonly type: string };
  readonly client: { readonly ipAddress: string | null; readonly userAgent: { readonly rawUserAgent: string } | null };
  readonly outcome: { readonly result: string; readonly reason: string | null };
  readonly authenticationContext: { readonly externalSessionId: string | null; readonly rootSessionId: string | null };
  readonly securityContext: { readonly asNumber: number | null; readonly isProxy: boolean | null };
  readonly debugContext: { readonly debugData: Readonly<Record<string, string>> };
  readonly target: readonly { readonly id: string; readonly type: string; readonly changeDetails?: JsonObject }[] | null;
}

const all = (org: Org): readonly LogEvent[] =>
  Array.from({ length: org.log.length }, (_, index) => org.log.eventAt(index) as unknown as LogEvent); // so `buildEvent` makes them

/** Plays it in an org of its own. */
function played(name: string, org = makeOrg()): { readonly org: Org; readonly events: readonly LogEvent[] } {
  const uuids = new Set(playScenario(org, name));
  return { org, events: all(org).filter(({ uuid }) => uuids.has(uuid)) };
}

const typesOf = (events: readonly LogEvent[]): readonly string[] => events.map(({ eventType }) => eventType);
const distinct = (values: readonly unknown[]): number => new Set(values).size;

describe('the scenarios', () => {
  it('are many of either kind, each with a name of its own', () => {
    expect(distinct(names)).toBe(names.length);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
    for (const kind of ['attack', 'look-alike'])
      expect(attackScenarios.filter((one) => one.kind === kind).length).toBeGreaterThanOrEqual(24);
    expect(distinct(attackScenarios.map(({ title }) => title))).toBe(names.length);
  });

  it('stand in the list of the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const rows = readme.split('\n').filter((line) => /^\| `[a-z-]+` +\| (attack|look-alike)/.test(line));
    const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
    expect(cells).toEqual(attackScenarios.map(({ name, kind, title }) => ['', `\`${name}\``, kind, title, '']));
  });

  it('are refused under a name that there is not, and before the end of the log', () => {
    const org = makeOrg();
    expect(() => playScenario(org, 'no-such-thing')).toThrow('there is no scenario "no-such-thing"');
    expect(() => playScenario(org, 'new-phone', { at: new Date(EPOCH.getTime() - 86_400_000) })).toThrow(RangeError);
    expect(org.log.length).toBe(300);
  });
});

describe.each(names)('%s', (name) => {
  it('is written into the log in order, behind what was there, and the same for the same seed', () => {
    const { org, events } = played(name);
    expect(events.length).toBe(org.log.length - 300);
    expect(events.length).toBeGreaterThan(0);
    const times = events.map(({ published }) => Date.parse(published));
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    expect(times[0]).toBeGreaterThanOrEqual(EPOCH.getTime());
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(30 * 3_600_000);
    expect(distinct(events.map(({ uuid }) => uuid))).toBe(events.length);
    const persisted = Array.from({ length: org.log.length }, (_, index) => org.log.persistedAt(index));
    expect(persisted).toEqual(persisted.toSorted((left, right) => left - right));
    expect(played(name).events).toEqual(events);
  });

  it('names people, groups and applications that the org has, and plays in an org of ten as well', () => {
    const { org, events } = played(name);
    const { users, groups } = org.directory;
    const { apps } = org.applications;
    const strangers = events
      .flatMap(({ target }) => target ?? [])
      .filter(({ id, type }) => {
        if (type === 'User') return !users.has(id);
        if (type === 'UserGroup') return !groups.has(id);
        return type === 'AppInstance' && !apps.has(id) && !org.identityProviders.idps.has(id) && !isFirstParty(org, id);
      });
    expect(strangers).toEqual([]);
    const texts = events.flatMap(({ debugContext }) => Object.values(debugContext.debugData));
    expect(texts.filter((text) => typeof text !== 'string')).toEqual([]);
    expect(played(name, makeOrg(10)).events.length).toBeGreaterThan(0);
  });

  it('has as administrators those of before and those that an event tells of', () => {
    const administrators = (one: Org): readonly string[] =>
      (['user', 'client'] as const).flatMap((kind) => one.administration.holders(kind));
    const { org, events } = played(name, makeOrg(300));
    const granted = events
      .filter(({ eventType }) => eventType.endsWith('privilege.grant'))
      .map(({ target }) => target?.[0]?.id);
    const known = new Set([...administrators(makeOrg(300)), ...granted]);
    expect(administrators(org).filter((id) => !known.has(id))).toEqual([]);
    expect(administrators(org)).toEqual(expect.arrayContaining(granted));
  });

  it('has applications opened only by people who have them, and policies that say what was asked for', () => {
    const { org, events } = played(name);
    const opened = events.filter(({ eventType }) => eventType === 'user.authentication.sso');
    const without = opened.filter(({ actor, target }) => {
      const app = target?.find(({ type }) => type === 'AppInstance')?.id ?? '';
      return org.assignmentOf(app, actor.id) === undefined;
    });
    expect(without).toEqual([]);
    // Whoever has proved a password only has not been let in by a rule that asks for two factors.
    const proofs = new Map<string | null, Set<string | undefined>>();
    for (const { eventType, outcome, authenticationContext, debugContext, target } of events) {
      const session = authenticationContext.externalSessionId;
      const proved = proofs.get(session) ?? new Set();
      proofs.set(session, proved);
      if (eventType === 'user.authentication.auth_via_mfa' && outcome.result === 'SUCCESS')
        proved.add(debugContext.debugData['factor']);
      if (eventType !== 'policy.evaluate_sign_on' || proved.size !== 1) continue;
      const [, policy, rule] = target ?? [];
      expect(JSON.stringify(org.list(`policy-rules/${policy?.id}`).get(rule?.id ?? ''))).toContain('"1FA"');
    }
  });
});

/** Okta's own applications are in events and in no list. */
const isFirstParty = (org: Org, id: string): boolean =>
  all(org).some(({ target }) =>
    // A party of the log is an object of JSON, whatever its interface names.
    target?.some((one) => one.id === id && String((one as unknown as JsonObject)['alternateId']).startsWith('Okta ')),
  );

describe('a push', () => {
  it('is asked for in the browser and answered by the phone, in one session from two addresses', () => {
    const { events } = played('push-bombing-accepted');
    const answers = events.filter(({ debugContext }) => debugContext.debugData['factor'] === 'OKTA_VERIFY_PUSH');
    const asked = events.filter(({ eventType }) => eventType === 'system.push.send_factor_verify_push');
    expect(answers.map(({ debugContext }) => debugContext.debugData['pushOnlyResponseType'])).toEqual([
      ...Array.from({ length: 9 }, () => 'OV_RESPONSE_DENY'),
      'OV_RESPONSE_APPROVE',
    ]);
    expect(asked).toHaveLength(10);
    expect(distinct([...asked, ...answers].map((event) => event.authenticationContext.externalSessionId))).toBe(1);
    expect(distinct([...asked, ...answers].map((event) => event.client.ipAddress))).toBe(2);
    // A phone has no cookie of the browser: one device token on two systems would be a theft.
    expect(answers.filter(({ debugContext }) => debugContext.debugData['dtHash'] !== undefined)).toEqual([]);
  });
});

describe('in the org afterwards', () => {
  const supers = (org: Org): readonly string[] =>
    org.administration
      .holders('user')
      .filter((id) =>
        [...org.administration.assignments({ kind: 'user', id }).values()].some(
          ({ object }) => object['type'] === 'SUPER_ADMIN',
        ),
      );

  it('there is what the help desk takeover leaves behind', () => {
    const { org, events } = played('help-desk-takeover');
    const reset = events.find(({ eventType }) => eventType === 'user.mfa.factor.reset_all')?.target?.[0]?.id ?? '';
    const granted = events.find(({ eventType }) => eventType === 'user.account.privilege.grant');
    const accomplice = granted?.target?.[0]?.id ?? '';
    expect(supers(org)).toEqual(expect.arrayContaining([reset, accomplice]));
    expect(granted?.actor.id).toBe(reset);
    expect(granted?.debugContext.debugData['privilegeGranted']).toContain('Super Administrator');
    // All that they have is what the stranger has enrolled.
    expect(org.factorsOf(reset).map(({ factorType }) => factorType)).toEqual(['token:software:totp']);
    const idp = [...org.identityProviders.idps.values()].find((one) => one['name'] === 'Workforce sign-in');
    const linked = [...org.identityProviders.users(idp?.id ?? '').values()].map(({ id }) => id);
    expect(linked).toEqual([events.find(({ eventType }) => eventType === 'user.authentication.auth_via_IDP')?.actor.id]);
    const rule = events.find(({ eventType }) => eventType === 'policy.rule.update');
    const change = JSON.stringify(rule?.target?.find(({ type }) => type === 'PolicyRule')?.changeDetails);
    expect(change).toMatch(/from.*2FA.*to.*1FA/);
    const [policy, changed] = rule?.target ?? [];
    expect(JSON.stringify(org.list(`policy-rules/${policy?.id}`).get(changed?.id ?? ''))).toContain('"1FA"');
    expect(typesOf(events).indexOf('system.idp.lifecycle.create')).toBeGreaterThan(
      typesOf(events).indexOf('policy.rule.update'),
    );
  });

  it('there is an account, a role and a token that nobody signed in for', () => {
    const { org, events } = played('stolen-admin-cookie');
    const session = events.find(({ eventType }) => eventType === 'user.session.start');
    const created = events.find(({ eventType }) => eventType === 'user.lifecycle.create');
    const same = (pick: (event: LogEvent | undefined) => unknown): unknown[] => [pick(created), pick(session)];
    const [id, first] = same((event) => event?.authenticationContext.externalSessionId);
    expect(id).toBe(first);
    expect(distinct(same((event) => event?.debugContext.debugData['dtHash']))).toBe(1);
    expect(distinct(same((event) => event?.securityContext.asNumber))).toBe(2);
    expect(distinct(same((event) => event?.client.userAgent?.rawUserAgent))).toBe(2);
    const account = created?.target?.[0]?.id ?? '';
    expect(supers(org)).toContain(account);
    const token = events.find(({ eventType }) => eventType === 'system.api_token.create');
    expect(org.list('api-tokens').get(token?.target?.[0]?.id ?? '')).toMatchObject({ network: { connection: 'ANYWHERE' } });
  });

  it('passwords are pushed by the rogue application', () => {
    const { org, events } = played('rogue-password-push');
    const pushing = events.find(({ outcome }) => outcome.reason === 'Pushing user passwords');
    const app = pushing?.target?.[0];
    expect(app?.changeDetails).toMatchObject({ from: { syncPassword: 'false' }, to: { syncPassword: 'true' } });
    expect(org.list(`app-features/${app?.id}`).get('USER_PROVISIONING')).toMatchObject({
      capabilities: { update: { password: { status: 'ENABLED', seed: 'OKTA' } } },
    });
    expect(org.effectiveAssignments(app?.id ?? '')).toHaveLength(10);
  });

  it('the watchers are off, a program is administrator, a rule is weak, a key is copied', () => {
    const tampered = played('log-tampering').org;
    expect([...tampered.list('log-streams').values()].map(({ status }) => status)).toEqual(['INACTIVE']);
    expect([...tampered.list('threat-insight').values()].at(-1)).toMatchObject({ action: 'none' });
    const made = played('client-made-super-administrator');
    const client =
      made.events.find(({ eventType }) => eventType === 'app.oauth2.client.privilege.grant')?.target?.[0]?.id ?? '';
    expect(made.org.administration.holders('client')).toContain(client);
    expect([...made.org.list(`app-grants/${client}`).values()].map(({ scopeId }) => scopeId)).toEqual([
      'okta.users.manage',
      'okta.roles.manage',
    ]);
    const branch = played('policy-branch-promoted');
    expect(typesOf(branch.events)).not.toContain('policy.rule.update');
    const [policy, rule] = branch.events.find(({ eventType }) => eventType === 'policy.branch.rule.update')?.target ?? [];
    expect(JSON.stringify(branch.org.list(`policy-rules/${policy?.id}`).get(rule?.id ?? ''))).toContain('"1FA"');
    const cloned = played('signing-key-cloned');
    const [from, to] = cloned.events.find(({ eventType }) => eventType === 'app.keys.clone')?.target ?? [];
    const kids = (id: string | undefined): readonly string[] => [...cloned.org.list(`app-keys/${id}`).keys()];
    expect(kids(from?.id)).toEqual(expect.arrayContaining([...kids(to?.id)]));
    expect(kids(to?.id)).toHaveLength(1);
  });

  it('accounts are locked, left to be recovered, and enrolled with one device', () => {
    const forced = played('brute-force-many-sources');
    const locked = forced.events.find(({ eventType }) => eventType === 'user.account.lock')?.actor.id ?? '';
    expect(forced.org.directory.users.get(locked)?.['status']).toBe('LOCKED_OUT');
    const mass = played('mass-password-resets');
    const waiting = [...mass.org.directory.users.values()].filter(({ status }) => status === 'RECOVERY').length;
    const before = [...makeOrg().directory.users.values()].filter(({ status }) => status === 'RECOVERY').length;
    expect(waiting - before).toBe(24 - 3);
    const enrolled = played('device-on-several-accounts');
    const device = enrolled.events.find(({ eventType }) => eventType === 'device.enrollment.create')?.target?.[0]?.id ?? '';
    const owners = [...enrolled.org.directory.users.values()].filter((user) =>
      JSON.stringify(enrolled.org.devices.of(user)).includes(device),
    );
    expect(owners).toHaveLength(3);
  });
});

const catalogue = join(shared, 'okta-events', 'okta-event-types-2026.08.1.json');
const present = existsSync(catalogue);
if (!present) process.stdout.write("skipped: Okta's catalogue of events is not beside the project\n");

interface Catalogue {
  readonly versions: readonly {
    readonly eventTypes: readonly { readonly id: string; readonly schema: { readonly debugData: string | null } | null }[];
    readonly schemas: Readonly<Record<string, { readonly properties: JsonObject }>>;
  }[];
}

(present ? describe : describe.skip)("in Okta's catalogue", () => {
  // The file is Okta's own; a wrong shape fails in the look-up.
  const { versions } = present ? (JSON.parse(readFileSync(catalogue, 'utf8')) as Catalogue) : { versions: [] };
  const schemas = new Map(
    versions.flatMap((version) => Object.entries(version.schemas).map(([name, { properties }]) => [name, properties] as const)),
  );
  const debugDataOf = new Map(
    versions.flatMap(({ eventTypes }) => eventTypes.map((one) => [one.id, one.schema?.debugData] as const)),
  );
  /** Every request has these; types without a schema of their own have no others. */
  const common = Object.keys(schemas.get('SystemDebugData') ?? {});
  /** `dtHash` is `dt_hash` there; some keys stand as they are. */
  const written = (key: string): readonly string[] => [key, key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];

  it.each(names)('stands every type and every key of debugData of %s', (name) => {
    const { events } = played(name);
    expect(common).toContain('request_uri');
    expect(events.map(({ eventType }) => eventType).filter((type) => !debugDataOf.has(type))).toEqual([]);
    const unknown = events.flatMap(({ eventType, debugContext }) => {
      const known = new Set([...common, ...Object.keys(schemas.get(debugDataOf.get(eventType) ?? '') ?? {})]);
      return Object.keys(debugContext.debugData)
        .filter((key) => !written(key).some((one) => known.has(one)))
        .map((key) => `${eventType}: ${key}`);
    });
    expect([...new Set(unknown)]).toEqual([]);
  });
});
