import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { edgeKey, type SourceRecord } from '@castellan/connector-sdk';
import { EVENT_RULES } from '../src/refresh/event-rules.js';
import { REFRESHABLE_STREAMS } from '../src/refresh/refreshable-streams.js';
import { staleOf, staleOfAll } from '../src/refresh/stale-of.js';
import { connector } from '../src/index.js';

type Party = { id: string | null; type: string | null };
const AT = '2026-11-24T10:00:00.000Z';

function event(type: string, targets: readonly Party[], more: { actor?: Party; outcome?: string | null; at?: string } = {}) {
  const named = (party: Party) => ({ ...party, login: null, displayName: null });
  const record: SourceRecord<'activity'> = {
    kind: 'activity',
    key: `${type}-1`,
    data: {
      published: more.at ?? AT,
      type,
      severity: null,
      message: null,
      outcome: more.outcome === undefined ? 'SUCCESS' : more.outcome,
      outcomeReason: null,
      actor: more.actor === undefined ? null : named(more.actor),
      targets: targets.map(named),
      client: null,
      session: null,
      transaction: null,
      use: null,
      used: null,
    },
  };
  return record;
}

const written = (record: SourceRecord<'activity'>): readonly string[] =>
  staleOf(record).map(
    ({ stream, scope, low }) => `${stream}${scope === undefined ? '' : ` ${scope.field}=${scope.value}`}${low ? ' low' : ''}`,
  );
const user = (id: string): Party => ({ id, type: 'User' });
const group = (id: string): Party => ({ id, type: 'UserGroup' });
const app = (id: string): Party => ({ id, type: 'AppInstance' });

describe('what an event says has changed', () => {
  it.each([
    ['user.account.update_profile', [user('u1')], ['accounts key=u1']],
    ['group.user_membership.add', [user('u1'), group('g1')], ['groups key=g1', `memberships key=${edgeKey('g1', 'u1')}`]],
    [
      'application.user_membership.add',
      [{ id: '0ua1', type: 'AppUser' }, app('a1'), user('u1')],
      [`app-user-assignments key=${edgeKey('a1', 'u1')}`],
    ],
    [
      'group.application_assignment.add',
      [app('a1'), group('g1')],
      ['groups key=g1', 'app-user-assignments application=a1', `app-group-assignments key=${edgeKey('a1', 'g1')}`],
    ],
    ['group.privilege.revoke', [group('g1')], ['groups key=g1', 'group-role-assignments principal=g1']],
    ['app.oauth2.client.privilege.grant', [{ id: 'c1', type: 'PublicClientApp' }], ['client-role-assignments principal=c1']],
    ['policy.rule.update', [{ id: 'r1', type: 'GroupRule' }], ['group-rules key=r1']],
    ['policy.rule.update', [{ id: 'r1', type: 'PolicyRule' }], []],
    ['group.user_membership.rule.invalidate', [], ['group-rules']],
    ['iam.role.permissions.add', [{ id: 'cr1', type: 'ROLE' }], ['roles key=cr1']],
    ['system.idp.key.create', [{ id: 'k1', type: 'IdpKey' }], ['identity-providers']],
    ['user.mfa.factor.reset_all', [user('u1')], ['authenticators account=u1']],
    ['system.idp.lifecycle.read_client_secret', [app('i1')], []],
    [
      'application.lifecycle.update',
      [app('a1')],
      ['applications key=a1', ...['app-credentials', 'app-provisioning', 'group-pushes'].map((one) => `${one} application=a1`)],
    ],
    [
      'app.oauth2.credentials.lifecycle.create',
      [{ id: 'c1', type: 'PublicClientApp' }],
      ['app-credentials application=c1', 'client-secrets application=c1'],
    ],
    ['app.oauth2.client.read_client_secret', [{ id: 'c1', type: 'PublicClientApp' }], []],
    ['app.keys.rotate', [app('a1')], ['applications key=a1', 'app-credentials application=a1']],
    [
      'application.provision.group_push.mapping.created',
      [app('a1'), group('g1')],
      ['groups key=g1', 'group-pushes application=a1'],
    ],
    ['application.provision.group_push.push_memberships', [app('a1'), group('g1')], []],
    ['iam.resourceset.resources.delete', [{ id: 'iam1', type: 'RESOURCE_SET' }], ['resource-set-members resourceSet=iam1']],
    ['device.user.add', [{ id: 'guo1', type: 'Device' }, user('u1')], ['account-devices account=u1']],
    ['security.authenticator.lifecycle.update', [{ id: 'aut1', type: 'Authenticator' }], []],
  ] as const)('%s', (type, targets, expected) => {
    expect(written(event(type, targets))).toEqual(expected);
  });

  it('a sign-in is worth a look later, a failed one none', () => {
    expect(written(event('user.session.start', [], { actor: user('u1') }))).toEqual(['accounts key=u1 low']);
    expect(written(event('user.session.start', [], { actor: user('u1'), outcome: 'FAILURE' }))).toEqual([]);
    expect(written(event('user.account.lock', [user('u1')], { outcome: 'DENY' }))).toEqual([]);
    expect(written(event('user.account.lock', [user('u1')], { outcome: null }))).toEqual(['accounts key=u1']);
  });

  it('ids that would lead elsewhere are left out', () => {
    expect(written(event('user.account.update_profile', [user('../groups'), user(''), { id: null, type: 'User' }]))).toEqual(
      [],
    );
  });

  it('the same part once: at the latest time, low only where all are', () => {
    const later = '2026-11-24T10:05:00.000Z';
    const events = [
      event('user.session.start', [], { actor: user('u1'), at: later }),
      event('user.account.update_profile', [user('u1')]),
      event('user.session.start', [], { actor: user('u2') }),
    ];
    expect(staleOfAll(events)).toEqual([
      { stream: 'accounts', scope: { field: 'key', value: 'u1' }, at: later },
      { stream: 'accounts', scope: { field: 'key', value: 'u2' }, at: AT, low: true },
    ]);
  });

  it('a whole stream and what a delta of it would show are two parts', () => {
    const upload = event('system.identity_sources.bulk_upsert', []);
    const later = event('system.import.complete', [], { at: '2026-11-24T10:05:00.000Z' });
    for (const events of [
      [upload, later],
      [later, upload],
    ]) {
      const accounts = staleOfAll(events).filter(({ stream }) => stream === 'accounts');
      expect(accounts).toHaveLength(2);
      expect(accounts).toContainEqual({ stream: 'accounts', at: AT });
      expect(accounts).toContainEqual({ stream: 'accounts', delta: true, at: '2026-11-24T10:05:00.000Z' });
    }
  });

  it('names only streams that can be read again', () => {
    const parties = ['User', 'UserGroup', 'AppInstance', 'PublicClientApp', 'ROLE', 'GroupRule', 'ResourceSet'];
    const types = Object.keys(EVENT_RULES).map((name) => name.replace('*', 'anything'));
    const targets = parties.map((type) => ({ id: `id-of-${type}`, type }));
    const named = types.flatMap((type) => staleOf(event(type, targets, { actor: user('u1') })));
    expect([...new Set(named.map(({ stream }) => stream))].toSorted()).toEqual(REFRESHABLE_STREAMS.toSorted());
    const refreshable = connector.streams.filter((stream) => stream.refreshable).map(({ name }) => name);
    expect(REFRESHABLE_STREAMS.toSorted()).toEqual([...new Set([...refreshable, 'everyone-memberships'])].toSorted());
  });
});

const CATALOGUE = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../../../shared/okta-events/okta-event-types-2026.08.1.json',
);

(existsSync(CATALOGUE) ? describe : describe.skip)("Okta's own list of event types", () => {
  it('has every name, and something for every beginning', () => {
    const text = readFileSync(CATALOGUE, 'utf8');
    const known = new Set([...text.matchAll(/"id"\s*:\s*"([a-zA-Z0-9_.]+)"/g)].map(([, name = '']) => name));
    expect(known.size).toBeGreaterThan(1_200);
    const unknown = Object.keys(EVENT_RULES).filter((name) =>
      name.endsWith('.*') ? ![...known].some((one) => one.startsWith(name.slice(0, -1))) : !known.has(name),
    );
    expect(unknown).toEqual([]);
  });
});
