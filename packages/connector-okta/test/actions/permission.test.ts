import type { ObservedExchange } from '@castellan/http-client';
import { DEFAULT_SCOPES } from '@castellan/okta-simulator';
import { connector } from '../../src/index.js';
import { ActedOrg, ALL_SCOPES, NAMES, refusalOf } from '../support/acted-org.js';
import { ActingHost } from '../support/acting-host.js';
import { TinyHost } from '../support/tiny-host.js';

/** Of these the six scopes show nothing. */
const UNSEEN = ['revoke-api-token', 'block-address', 'unblock-address'];

/** The scope that Okta asks for each action. Source: the simulator's endpoints, which a test compares with Okta's description. */
function scopeOf(acted: ActedOrg, name: string): Promise<string> {
  const { input } = acted.trial(name);
  return acted.host.plan(name, input).then(async (plan) => {
    const [call] = plan.calls;
    if (call === undefined) throw new Error('Nothing would be sent.');
    acted.simulator.setFaults([{ kind: 'forbidden', method: call.method }]);
    const { detail, ...refusal } = await refusalOf(acted.host.act(name, input));
    acted.begin();
    return refusal.missing?.[0] ?? detail ?? '';
  });
}

describe('what is not permitted', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start();
  });
  afterAll(() => acted.close());
  afterEach(() => {
    acted.simulator.setGrantedScopes(ALL_SCOPES);
    acted.simulator.setAdminRole(true);
    acted.begin();
  });

  it.each(NAMES)('%s without its scope is looked at and refused, and done with a token for everything', async (name) => {
    const scope = await scopeOf(acted, name);
    expect(scope).toMatch(/^okta\.[A-Za-z]+\.manage$/);
    const { input, isDone } = acted.trial(name);
    acted.simulator.setGrantedScopes(ALL_SCOPES.filter((one) => one !== scope));
    acted.begin();
    const lack = { missing: [scope], message: expect.stringMatching(new RegExp(`${scope}.*Then try again`)) };
    const plan = UNSEEN.includes(name) ? undefined : await acted.host.plan(name, input);
    if (plan === undefined)
      expect(await refusalOf(acted.host.plan(name, input))).toMatchObject({ kind: 'permission', ...lack });
    else expect([plan.lacks, plan.calls.length]).toEqual([lack, expect.any(Number)]);
    expect(await refusalOf(acted.host.act(name, input, plan?.fingerprint))).toMatchObject({ kind: 'permission', ...lack });
    expect([acted.writes, isDone()]).toEqual([[], false]);
    // Nothing but this one scope is needed beside those of a sync.
    const posture = name.includes('address') || name === 'revoke-api-token' ? [] : ALL_SCOPES.filter(isPosture);
    acted.simulator.setGrantedScopes([...ALL_SCOPES.filter((one) => one.endsWith('.read') && !posture.includes(one)), scope]);
    const able = await acted.host.plan(name, input);
    expect(able.lacks).toBeUndefined();
    // Whoever has agreed to it before the scope was granted has agreed to the same.
    expect(able.fingerprint).toBe(plan?.fingerprint ?? able.fingerprint);
    acted.simulator.setGrantedScopes([]);
    expect(await (await acted.byToken()).done(name, input)).toMatchObject({ changed: true });
    expect(isDone()).toBe(true);
  });

  it.each(NAMES)('%s that Okta refuses for want of a role says which, and does nothing', async (name) => {
    const { input, isDone } = acted.trial(name);
    acted.begin();
    acted.simulator.setFaults(
      ['POST', 'PUT', 'DELETE'].map((method) => ({ kind: 'status', status: 403, code: 'E0000006', method })),
    );
    const refused = await refusalOf(acted.host.act(name, input));
    expect(refused).toMatchObject({
      kind: 'permission',
      message: expect.stringMatching(/admin role that it needs.*Administrator/),
      missing: [expect.stringMatching(/^admin role: .*Administrator/)],
    });
    expect(acted.writes).toHaveLength(1);
    expect(isDone()).toBe(false);
    acted.begin();
    acted.simulator.setAdminRole(false);
    for (const work of [() => acted.host.plan(name, input), () => acted.host.act(name, input)])
      expect(await refusalOf(work())).toMatchObject({ kind: 'permission', message: expect.stringMatching(/Administrator/) });
    expect([acted.writes, isDone()]).toEqual([[], false]);
  });
});

function tokenIn({ outcome }: ObservedExchange): string {
  const [, token] = outcome?.kind === 'answer' ? (/"access_token":"([^"]+)"/.exec(outcome.text) ?? []) : [];
  if (token === undefined) throw new Error('No token was issued.');
  return token;
}

const isPosture = (scope: string): boolean => /networkZones|apiTokens/.test(scope);

describe('with the six scopes that only read, and nothing switched on', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start({ grantedScopes: DEFAULT_SCOPES });
  });
  afterAll(() => acted.close());

  it.each(NAMES.filter((name) => !UNSEEN.includes(name)))('%s is planned, and cannot be done', async (name) => {
    const { input, isDone } = acted.trial(name);
    const host = await ActingHost.of({ ...acted.simulator.config, actions: false });
    acted.begin();
    const plan = await host.plan(name, input);
    expect(plan).toMatchObject({
      state: expect.not.stringMatching('done'),
      lacks: { missing: [expect.stringMatching(/\.manage$/)] },
    });
    expect(plan.calls.length).toBeGreaterThan(0);
    expect(connector.actions.find((action) => action.name === name)?.byHand.length).toBeGreaterThan(0);
    expect([acted.writes, isDone()]).toEqual([[], false]);
    const asked = host.wire.flatMap(({ form }) => form?.['scope'] ?? []).join(' ');
    expect(asked).not.toContain('manage');
  });

  it.each(UNSEEN)('%s is not seen, and one scope is named that shows it and does it', async (name) => {
    const host = await ActingHost.of({ ...acted.simulator.config, actions: false });
    const { input } = acted.trial(name);
    expect(await refusalOf(host.plan(name, input))).toMatchObject({
      kind: 'permission',
      missing: [expect.stringMatching(/^okta\.\w+\.manage$/)],
    });
  });
});

describe('rights to change something', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start();
  });
  afterAll(() => acted.close());

  const askedFor = (host: ActingHost): readonly string[] =>
    host.wire.flatMap(({ form }) => (form?.['scope'] === undefined ? [] : form['scope'].split(' ')));

  it('are asked for by an action', async () => {
    const { input } = acted.trial('suspend-account');
    await acted.host.plan('suspend-account', input);
    expect(askedFor(acted.host)).toContain('okta.users.manage');
  });

  it('are not asked for by a sync, and no token of a connection test that has them reads anything', async () => {
    const host = await ActingHost.of({ ...acted.simulator.config, posture: true });
    const reader = await TinyHost.create({ ...acted.simulator.config, actions: true, posture: true });
    await host.with(async (context) => {
      expect((await connector.testConnection(context)).tenant?.id).toBe(acted.org.id);
      const able = host.wire.filter(({ form }) => form?.['scope']?.includes('.manage')).map(tokenIn);
      expect(able).toHaveLength(1);
      const tested = askedFor(host).length;
      const streams = connector.streamsOf(context.config).map(({ name }) => name);
      const told = { streams, completed: [], checkpoints: {}, last: {}, synced: reader.synced() };
      for await (const message of connector.sync({ ...context, ...told })) expect(message.type).not.toBe('stopped');
      const sent = host.wire.map(({ requestHeaders }) => requestHeaders['authorization'] ?? '');
      expect(sent.filter((header) => able.some((token) => header.endsWith(token)))).toEqual([]);
      expect(
        askedFor(host)
          .slice(tested)
          .filter((scope) => !scope.endsWith('.read')),
      ).toEqual([]);
    });
  });

  it('are not had where actions are not switched on', async () => {
    const host = await ActingHost.of({ ...acted.simulator.config, actions: false });
    const { input, isDone } = acted.trial('suspend-account');
    acted.begin();
    await host.with(async ({ config }) => expect(connector.actionsOf(config)).toEqual([]));
    expect(await refusalOf(host.act('suspend-account', input))).toMatchObject({ kind: 'internal' });
    expect((await host.plan('suspend-account', input)).lacks).toEqual({
      message: expect.stringMatching(/switch "Actions in Okta" on, and grant okta.users.manage in Okta/),
      missing: ['okta.users.manage'],
    });
    expect(askedFor(host).filter((scope) => !scope.endsWith('.read'))).toEqual([]);
    expect([acted.writes, isDone()]).toEqual([[], false]);
  });
});
