import { oauthClient, withTokens } from '../support/action-trials.js';
import { ActedOrg, refusalOf } from '../support/acted-org.js';
import { aMoment } from '../support/acting-host.js';

let acted: ActedOrg;
beforeAll(async () => {
  acted = await ActedOrg.start();
});
afterAll(() => acted.close());
beforeEach(() => acted.begin());

describe('sessions that are ended', () => {
  it('are seen in the log alone, from when they were ended', async () => {
    const { input } = acted.trial('clear-sessions');
    const other = acted.trial('clear-sessions');
    const early = new Date().toISOString();
    await aMoment();
    expect((await acted.host.plan('clear-sessions', input)).state).toBe('unseen');
    expect((await acted.host.plan('clear-sessions', input, early)).state).toBe('unseen');
    expect(await acted.host.done('clear-sessions', input)).toMatchObject({ changed: true });
    await aMoment();
    const late = new Date().toISOString();
    expect((await acted.host.plan('clear-sessions', input)).state).toBe('unseen');
    expect((await acted.host.plan('clear-sessions', input, early)).state).toBe('done');
    expect((await acted.host.plan('clear-sessions', input, late)).state).toBe('unseen');
    // Of somebody else it says nothing.
    expect((await acted.host.plan('clear-sessions', other.input, early)).state).toBe('unseen');
  });

  it('are those of one who is agreed to again and again', async () => {
    const { input } = acted.trial('clear-sessions');
    const { fingerprint } = await acted.host.plan('clear-sessions', input);
    for (const changed of [true, true])
      expect(await acted.host.act('clear-sessions', input, fingerprint)).toMatchObject({ changed });
  });
});

describe('tokens of several programs', () => {
  /** Somebody with three programs, and what they hold. */
  function crowd() {
    const account = withTokens(acted.org);
    const user = acted.org.directory.users.get(account);
    if (user === undefined) throw new Error('Nobody was made.');
    const held = () => acted.org.refreshTokens.of(user).length + acted.org.consents.of(user).length;
    const allow = (): void => {
      const clientId = oauthClient(acted.org);
      const token = {
        id: `oar${clientId.slice(3)}`,
        status: 'ACTIVE',
        clientId,
        userId: account,
        scopeId: 'profile',
      };
      acted.org.refreshTokens.replace(account, [...acted.org.refreshTokens.of(user), token]);
    };
    allow();
    allow();
    return { input: { account }, held, allow };
  }

  it('are all revoked, with an event for each', async () => {
    const { input, held } = crowd();
    const { calls, fingerprint } = await acted.host.plan('revoke-tokens', input);
    expect(calls).toHaveLength(4);
    const before = acted.org.log.length;
    expect(await acted.host.act('revoke-tokens', input, fingerprint)).toMatchObject({ changed: true });
    expect(held()).toBe(0);
    expect(acted.told(before).toSorted()).toEqual([
      'app.oauth2.as.consent.revoke.user',
      ...Array.from({ length: 3 }, () => 'app.oauth2.token.revoke'),
    ]);
  });

  it('of more programs than one run takes are revoked by two, which is said', async () => {
    const { id } = acted.org.addUser();
    const held = (): number => acted.org.refreshTokens.of(acted.org.directory.users.get(id) ?? { id }).length;
    const tokens = Array.from({ length: 103 }, (_, n) => {
      const clientId = acted.org.addApp({ label: `Program ${n}`, name: 'oidc_client', signOnMode: 'OPENID_CONNECT' }).id;
      return { id: `oar${id.slice(3)}${n}`, status: 'ACTIVE', clientId, userId: id, scopeId: 'profile' };
    });
    acted.org.refreshTokens.replace(id, tokens);
    acted.org.largestPage = 7;
    const plan = await acted.host.plan('revoke-tokens', { account: id });
    expect(plan.calls).toHaveLength(100);
    expect(plan.calls.map(({ path }) => path)).toEqual(plan.calls.map(({ path }) => path).toSorted());
    expect(plan.consequences.join(' ')).toMatch(/more than 100 programs.*second run/);
    const first = await acted.host.act('revoke-tokens', { account: id }, plan.fingerprint);
    expect(first).toMatchObject({ changed: true, message: expect.stringMatching(/others still do/) });
    expect(held()).toBe(3);
    const second = await acted.host.act('revoke-tokens', { account: id }, plan.fingerprint);
    expect(second).toMatchObject({ changed: true, message: expect.stringMatching(/^No program holds/) });
    expect(held()).toBe(0);
    acted.org.largestPage = Number.POSITIVE_INFINITY;
  }, 30_000);

  it.each(['status', 'reset', 'hang', 'unauthorized'] as const)(
    'are revoked by a second run where %s stops the first',
    async (kind) => {
      const { input, held } = crowd();
      const { fingerprint } = await acted.host.plan('revoke-tokens', input);
      const before = acted.org.log.length;
      acted.simulator.setFaults([{ kind, method: 'DELETE', after: 2 }]);
      const first = refusalOf(acted.host.act('revoke-tokens', input, fingerprint));
      while (acted.writes.length < 3) await aMoment();
      if (kind === 'hang') acted.host.stop.abort();
      expect(['transient', 'aborted', 'auth']).toContain((await first).kind);
      acted.host.stop = new AbortController();
      expect(held()).toBe(2);
      acted.begin();
      // By what was agreed to at first: nobody has to look again.
      expect(await acted.host.act('revoke-tokens', input, fingerprint)).toMatchObject({ changed: true });
      expect([held(), acted.writes.length]).toEqual([0, 2]);
      expect(acted.told(before)).toHaveLength(4);
    },
  );

  it('are revoked with those that somebody has let in meanwhile', async () => {
    const { input, held, allow } = crowd();
    const { fingerprint } = await acted.host.plan('revoke-tokens', input);
    allow();
    expect(await acted.host.act('revoke-tokens', input, fingerprint)).toMatchObject({ changed: true });
    expect(held()).toBe(0);
  });
});
