import type { Principal } from '@castellan/okta-simulator';
import { oauthClient } from '../support/action-trials.js';
import { ActedOrg, refusalOf } from '../support/acted-org.js';
import type { ActingHost } from '../support/acting-host.js';

const SUPER = { type: 'SUPER_ADMIN' };

let acted: ActedOrg;
beforeEach(async () => {
  acted = await ActedOrg.start();
  // An organisation in which nobody is an administrator yet.
  const { administration } = acted.org;
  for (const kind of ['user', 'group', 'client'] as const)
    for (const id of administration.holders(kind)) administration.forget({ kind, id });
  acted.begin();
});
afterEach(() => acted.close());

const person = (id = acted.org.addUser().id): Principal & { readonly kind: 'user' } => ({ kind: 'user', id });

async function expectRefused(host: ActingHost, name: string, input: object, field: string, why: RegExp): Promise<void> {
  const before = acted.org.log.length;
  for (const work of [() => host.plan(name, input), () => host.act(name, input)])
    expect(await refusalOf(work())).toMatchObject({ kind: 'config', field, message: expect.stringMatching(why) });
  expect([acted.writes, acted.told(before)]).toEqual([[], []]);
}

describe('the last super administrator', () => {
  const LAST = /No other Super Administrator who can sign in/;

  /** All ways to take the role of somebody who has it by themselves and by nobody else. */
  function waysFor({ id }: Principal, assignment: string): readonly (readonly [name: string, input: object, field: string])[] {
    return [
      ['suspend-account', { account: id }, 'account'],
      ['deactivate-account', { account: id }, 'account'],
      ['remove-role', { role: 'SUPER_ADMIN', principalKind: 'account', principal: id, assignment }, 'assignment'],
    ];
  }

  it('keeps the role and the account; another one who is there makes the difference', async () => {
    const last = person();
    const assignment = acted.org.grantRole(last, SUPER);
    // Neither a lesser administrator nor a program can make another one.
    acted.org.grantRole(person(), { type: 'ORG_ADMIN' });
    acted.org.grantRole({ kind: 'client', id: oauthClient(acted.org) }, SUPER);
    const ways = waysFor(last, assignment);
    for (const [name, input, field] of ways) await expectRefused(acted.host, name, input, field, LAST);
    const other = person();
    acted.org.grantRole(other, SUPER);
    for (const status of ['STAGED', 'SUSPENDED', 'DEPROVISIONED'] as const) {
      acted.org.setStatus(other.id, status);
      for (const [name, input, field] of ways) await expectRefused(acted.host, name, input, field, LAST);
    }
    acted.org.setStatus(other.id, 'ACTIVE');
    // Deactivation has taken the role along.
    if (!acted.org.administration.holdsRole(other)) acted.org.grantRole(other, SUPER);
    for (const [name, input] of ways) expect(await acted.host.plan(name, input)).toMatchObject({ state: 'open' });
    expect(await acted.host.done('suspend-account', { account: last.id })).toMatchObject({ changed: true });
    acted.begin();
    await expectRefused(acted.host, 'suspend-account', { account: other.id }, 'account', LAST);
  });

  it('is not taken out of the group that gives the role, nor is the role taken from the group', async () => {
    const [group, one, other] = [acted.org.addGroup({ name: 'Owners' }).id, person(), person()];
    const assignment = acted.org.grantRole({ kind: 'group', id: group }, SUPER);
    acted.org.addMember(group, one.id);
    const leave = ['remove-from-group', { group, member: one.id }] as const;
    const end = ['remove-role', { role: 'SUPER_ADMIN', principalKind: 'group', principal: group, assignment }] as const;
    await expectRefused(acted.host, ...leave, 'group', LAST);
    await expectRefused(acted.host, ...end, 'assignment', LAST);
    await expectRefused(acted.host, 'suspend-account', { account: one.id }, 'account', LAST);
    await expectRefused(acted.host, 'deactivate-account', { account: one.id }, 'account', LAST);
    // A second member saves the first, but not the group.
    acted.org.addMember(group, other.id);
    expect(await acted.host.plan(...leave)).toMatchObject({ state: 'open' });
    await expectRefused(acted.host, ...end, 'assignment', LAST);
    // Somebody by themselves saves both.
    acted.org.grantRole(other, SUPER);
    expect(await acted.host.plan(...end)).toMatchObject({ state: 'open' });
    // Of a group that gives less nothing is asked.
    const lesser = acted.org.addGroup({ name: 'Readers' }).id;
    const reader = acted.org.grantRole({ kind: 'group', id: lesser }, { type: 'READ_ONLY_ADMIN' });
    const read = { role: 'READ_ONLY_ADMIN', principalKind: 'group', principal: lesser, assignment: reader };
    expect(await acted.host.done('remove-role', read)).toMatchObject({ changed: true });
  });

  it('is found beside many administrators', async () => {
    const last = person();
    const assignment = acted.org.grantRole(last, SUPER);
    const others = Array.from({ length: 12 }, () => person());
    for (const one of others) acted.org.grantRole(one, { type: 'HELP_DESK_ADMIN' });
    acted.org.largestPage = 5;
    for (const [name, input, field] of waysFor(last, assignment)) await expectRefused(acted.host, name, input, field, LAST);
    // On the last page.
    acted.org.grantRole(
      person(
        others
          .map(({ id }) => id)
          .toSorted()
          .at(-1),
      ),
      SUPER,
    );
    for (const [name, input] of waysFor(last, assignment))
      expect(await acted.host.plan(name, input)).toMatchObject({ state: 'open' });
  });
});

describe('what Castellan itself is connected by', () => {
  const OWN = /Castellan itself is connected by/;

  it('by OAuth: its application, the secrets and the roles of it', async () => {
    const { clientId } = acted.simulator.credentials.clientSecret;
    const own = acted.org.addApp({
      label: 'Castellan',
      name: 'oidc_client',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { client_id: clientId } },
      settings: { oauthClient: {} },
    }).id;
    const secret = acted.org.addClientSecret(own).id;
    acted.org.addClientSecret(own);
    const assignment = acted.org.grantRole({ kind: 'client', id: clientId }, { type: 'READ_ONLY_ADMIN' });
    const role = { role: 'READ_ONLY_ADMIN', principalKind: 'client', principal: own, assignment };
    await expectRefused(acted.host, 'deactivate-application', { application: own }, 'application', OWN);
    await expectRefused(acted.host, 'deactivate-client-secret', { clientSecret: `${own}|${secret}` }, 'clientSecret', OWN);
    await expectRefused(acted.host, 'remove-role', role, 'principal', OWN);
    // Of another connection it is one application like others.
    acted.org.grantRole(person(), SUPER);
    const other = await acted.byToken();
    for (const [name, input] of [
      ['deactivate-application', { application: own }],
      ['deactivate-client-secret', { clientSecret: `${own}|${secret}` }],
      ['remove-role', role],
    ] as const)
      expect(await other.plan(name, input)).toMatchObject({ state: 'open' });
  });

  it('by a token: whose it is, the roles and groups of that account, and its tokens', async () => {
    const owner = person();
    const assignment = acted.org.grantRole(owner, SUPER);
    const other = person();
    acted.org.grantRole(other, SUPER);
    const group = acted.org.addGroup({ name: 'Administrators' }).id;
    acted.org.addMember(group, owner.id);
    acted.org.addMember(group, other.id);
    const token = acted.org.addApiToken(owner.id, 'For Castellan').id;
    const unrelated = acted.org.addApiToken(other.id, 'For a script').id;
    const host = await acted.byToken();
    const role = (principal: string, one: string) => ({
      role: 'SUPER_ADMIN',
      principalKind: 'account',
      principal,
      assignment: one,
    });
    await expectRefused(host, 'suspend-account', { account: owner.id }, 'account', OWN);
    await expectRefused(host, 'deactivate-account', { account: owner.id }, 'account', OWN);
    await expectRefused(host, 'remove-role', role(owner.id, assignment), 'principal', OWN);
    await expectRefused(host, 'remove-from-group', { group, member: owner.id }, 'member', OWN);
    await expectRefused(host, 'revoke-api-token', { apiToken: token }, 'apiToken', OWN);
    expect(await host.done('revoke-api-token', { apiToken: unrelated })).toMatchObject({ changed: true });
    expect(await host.done('remove-from-group', { group, member: other.id })).toMatchObject({ changed: true });
    // By OAuth nothing hangs on that account.
    expect(await acted.host.plan('suspend-account', { account: owner.id })).toMatchObject({ state: 'open' });
    expect(await acted.host.plan('revoke-api-token', { apiToken: token })).toMatchObject({ state: 'open' });
  });
});
