import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Activity } from '@castellan/connector-sdk';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { mapEvent } from '../src/map/activity.js';
import { administrationOf, namedPrefixes } from '../src/map/administration-types.js';
import { Drift } from '../src/map/drift.js';
import { RecordingLogger } from './support/recording-logger.js';
import { TinyHost } from './support/tiny-host.js';

const FOLDER = fileURLToPath(new URL('../../../../shared/okta-events', import.meta.url));
/** `describe` or nothing: the folder is not part of the project. */
const where = existsSync(FOLDER) ? describe : describe.skip;

interface Catalogue {
  readonly versions: readonly { readonly eventTypes: readonly { readonly id: string }[] }[];
}

const namesOf = (): readonly string[] => {
  const catalogue = JSON.parse(readFileSync(`${FOLDER}/okta-event-types-2026.08.1.json`, 'utf8')) as Catalogue;
  return catalogue.versions.flatMap(({ eventTypes }) => eventTypes.map(({ id }) => id));
};

/** By Anna, to Ben, with success: as near to administration as an event can be. */
const done = (eventType: string): object => ({
  uuid: eventType,
  published: '2026-11-23T09:30:00.000Z',
  eventType,
  actor: { id: '00uanna', type: 'User' },
  outcome: { result: 'SUCCESS' },
  target: [{ id: '00uben', type: 'User' }],
});

const drift = new Drift(new RecordingLogger());
const useOf = (value: object): unknown => mapEvent(value, drift)?.data.use;

where('the catalogue of event types', () => {
  let names: readonly string[];
  beforeAll(() => {
    names = namesOf();
  });

  it('has no type that nothing was decided about', () => {
    expect(names.length).toBeGreaterThan(1_000);
    expect(names.filter((name) => administrationOf(name) === undefined)).toEqual([]);
  });

  it('has every type and family that our table names', () => {
    const isThere = (prefix: string): boolean => names.some((name) => name === prefix || name.startsWith(`${prefix}.`));
    expect(namedPrefixes().filter((prefix) => !isThere(prefix))).toEqual([]);
  });

  it.each([
    'access.review.action',
    'analytics.reports.export.download',
    'app.access_request.approver.approve',
    'app.access_request.request',
    'app.generic.unauth_app_access_attempt',
    'app.oauth2.as.consent.grant',
    'app.oauth2.client.read_client_secret',
    'app.oauth2.token.revoke',
    'application.policy.sign_on.deny_access',
    'application.provision.user.push_profile',
    'application.user_membership.show_password',
    'certification.campaign.item.decide',
    'device.enrollment.create',
    'device.user.add',
    'event_hook.delivery',
    'group.user_membership.rule.trigger',
    'inline_hook.executed',
    'pam.secret.reveal',
    'policy.entity_risk.evaluate',
    'policy.evaluate_sign_on',
    'policy.rule.action.execute',
    'security.protected_action.attempt',
    'security.threat.detected',
    'support.org.view',
    'system.email.password_reset.sent_message',
    'system.idp.lifecycle.read_client_secret',
    'system.import.user.create',
    'system.org.rate_limit.violation',
    'system.push.send_factor_verify_push',
    'user.account.lock',
    'user.account.report_suspicious_activity_by_enduser',
    'user.authentication.slo',
    'user.authentication.verify',
    'user.mfa.okta_verify.deny_push',
    'user.session.context.change',
    'user.session.end',
    'workflows.user.table.view',
  ])('has %s, which nobody needs a role for or which changes nothing', (name) => {
    expect(names).toContain(name);
    expect(useOf(done(name))).toBeNull();
  });

  it.each([
    'access.request.condition.create',
    'app.oauth2.client.lifecycle.create',
    'application.lifecycle.delete',
    'device.lifecycle.suspend',
    'directory.user_profile.update',
    'group.privilege.grant',
    'iam.resourceset.bindings.add',
    'policy.lifecycle.delete',
    'security.authenticator.lifecycle.deactivate',
    'system.api_token.revoke',
    'system.idp.lifecycle.create',
    'system.log_stream.lifecycle.deactivate',
    'user.account.unlock_by_admin',
    'user.mfa.factor.deactivate',
    'user.session.impersonation.grant',
    'workflows.user.flow.activate',
    'zone.delete',
  ])('has %s, which only a role allows', (name) => {
    expect(names).toContain(name);
    expect(useOf(done(name))).toBe('administration');
  });
});

where('events that were published', () => {
  it('are uses when they say so, and only then', () => {
    const lines = readFileSync(`${FOLDER}/samples.jsonl`, 'utf8').split('\n');
    const events = lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { readonly event: object }).event);
    const tally: Record<string, number> = {};
    for (const event of events) {
      const data = mapEvent(event, drift)?.data;
      const name = `${data?.type} ${data?.outcome}: ${data?.use}`;
      tally[name] = (tally[name] ?? 0) + 1;
    }
    expect(tally).toEqual({
      'app.oauth2.as.authorize.code SUCCESS: null': 1,
      'application.lifecycle.update SUCCESS: administration': 3,
      'core.concurrency.org.limit.violation null: null': 1,
      'system.operation.rate_limit.violation DENY: null': 3,
      'user.account.privilege.grant SUCCESS: administration': 1,
      // It names nobody else.
      'user.lifecycle.activate.pre_auth SUCCESS: null': 1,
      'user.lifecycle.create SUCCESS: administration': 1,
      'user.lifecycle.deactivate SUCCESS: administration': 1,
      'user.session.start FAILURE: null': 11,
      'user.session.start SUCCESS: sign_in': 8,
    });
  });
});

interface LogEvent {
  readonly eventType: string;
  readonly actor: { readonly id: string; readonly type: string };
  readonly outcome: { readonly result: string };
  readonly target: readonly { readonly type: string }[] | null;
  readonly transaction: { readonly detail: { readonly requestApiTokenId?: string } };
}

describe('the log of the simulator, read through the connector', () => {
  let simulator: Simulator;
  let uses: readonly Activity[];
  let log: readonly LogEvent[];
  beforeAll(async () => {
    simulator = await startSimulator({ users: 60, groups: 12, apps: 20, events: 6_000, seed: 3 });
    const host = await TinyHost.create({ ...simulator.config, activityDays: 90 });
    await host.run(['activity']);
    uses = host.all('activity').map(({ data }) => data);
    const { log: events } = simulator.org;
    log = Array.from({ length: events.length }, (_, index) => events.eventAt(index) as unknown as LogEvent); // so `buildEvent` makes them
  });
  afterAll(() => simulator.close());

  const usesOf = (use: string): readonly Activity[] => uses.filter((one) => one.use === use);
  const events = (accept: (event: LogEvent) => boolean): number =>
    log.filter((event) => event.outcome.result === 'SUCCESS' && accept(event)).length;

  it('has sign-ins, and applications that exist', () => {
    expect(usesOf('sign_in')).toHaveLength(events(({ eventType }) => eventType === 'user.session.start'));
    const opened = events(
      ({ eventType, target }) =>
        eventType === 'user.authentication.sso' && target?.some(({ type }) => type === 'AppInstance') === true,
    );
    expect(opened).toBeGreaterThan(1_000);
    expect(usesOf('application')).toHaveLength(opened);
    const { apps } = simulator.org.applications;
    expect(usesOf('application').filter(({ used }) => !apps.has(used ?? ''))).toEqual([]);
  });

  it('has authenticators, most of them the factors that people have', () => {
    const proofs = usesOf('authenticator');
    expect(proofs).toHaveLength(events(({ eventType }) => eventType === 'user.authentication.auth_via_mfa'));
    const { directory, factors } = simulator.org;
    const known = new Set([...directory.users.values()].flatMap((one) => factors.of(one).map(({ id }) => `${one.id}|${id}`)));
    expect(proofs.filter(({ used }) => known.has(used ?? '')).length).toBeGreaterThan(proofs.length / 2);
    expect(proofs.filter(({ used }) => used === null)).toEqual([]);
  });

  it('has administration by people with a role, and by no others', () => {
    const administrators = simulator.org.administration.holders('user');
    const console = events(({ eventType }) => eventType === 'user.session.access_admin_app');
    expect(console).toBeGreaterThan(0);
    expect(usesOf('administration').length).toBeGreaterThan(console);
    expect(usesOf('administration').filter(({ actor }) => !administrators.includes(actor?.id ?? ''))).toEqual([]);
  });

  it('has calls by clients and by tokens, save the one token that nobody calls with', () => {
    const byClient = events(({ actor }) => actor.type === 'PublicClientApp');
    const byToken = events(({ transaction }) => transaction.detail.requestApiTokenId !== undefined);
    expect([byClient, byToken]).not.toContain(0);
    expect(usesOf('api')).toHaveLength(byClient + byToken);
    const tokens = [...simulator.org.list('api-tokens').keys()];
    const called = new Set(usesOf('api').flatMap(({ used }) => used ?? []));
    expect([...called].toSorted()).toEqual(tokens.slice(0, -1).toSorted());
  });
});
