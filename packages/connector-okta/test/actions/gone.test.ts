import { edgeParts } from '@castellan/connector-sdk';
import type { Org } from '@castellan/okta-simulator';
import { ActedOrg, NAMES, refusalOf } from '../support/acted-org.js';

/** For whom it is enough that it is gone: by the field of the input that names it. */
const AIMS: Readonly<Record<string, string>> = {
  'revoke-api-token': 'apiToken',
  'remove-factor': 'authenticator',
  'remove-role': 'assignment',
};

/** The ids that an input holds, each with its field. */
function idsIn(input: Readonly<Record<string, string>>): readonly (readonly [field: string, id: string])[] {
  const named = Object.entries(input).filter(
    ([field]) => !['principalKind', 'role', 'externalId', 'address', 'profile'].includes(field),
  );
  return named.flatMap(([field, value]) => edgeParts(value).map((id) => [field, id] as const));
}

/** Deletes whatever has the id, as an administrator does. */
function deleteIn(org: Org, id: string): void {
  if (org.directory.users.has(id)) return org.deleteUser(id);
  if (org.directory.groups.has(id)) return org.deleteGroup(id);
  if (org.applications.apps.has(id)) return org.deleteApp(id);
  if (org.identityProviders.idps.has(id)) return org.deleteIdp(id);
  if (org.list('api-tokens').has(id)) return org.revokeApiToken(id);
  if (org.list('zones').has(id)) return org.deleteSetting('zones', id);
  for (const user of org.directory.users.keys()) {
    if (org.factorsOf(user).some((factor) => factor.id === id)) return org.removeFactor(user, id);
    if (org.administration.assignments({ kind: 'user', id: user }).has(id))
      return org.revokeRole({ kind: 'user', id: user }, id);
  }
  for (const app of org.applications.apps.keys())
    if (org.list(`app-secrets/${app}`).has(id)) return void org.list(`app-secrets/${app}`).delete(id);
  throw new Error(`Nothing has the id ${id}.`);
}

describe('what an action is to be done to', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start();
  });
  afterAll(() => acted.close());
  beforeEach(() => acted.begin());

  const both = (name: string, input: object, expected?: string) => [
    () => acted.host.plan(name, input),
    () => acted.host.act(name, input, expected),
  ];

  async function expectRefused(name: string, input: object, field: string, expected?: string): Promise<void> {
    const before = acted.org.log.length;
    for (const work of both(name, input, expected)) expect(await refusalOf(work())).toMatchObject({ kind: 'config', field });
    expect([acted.writes, acted.told(before)]).toEqual([[], []]);
  }

  /** Whether it is enough that the id at this place is gone. */
  const isAim = (name: string, field: string, id: string, input: Readonly<Record<string, string>>): boolean =>
    AIMS[name] === field && edgeParts(input[field] ?? '').at(-1) === id;

  it.each(NAMES)('of %s may be deleted between plan and act', async (name) => {
    for (const [place] of idsIn(acted.trial(name).input).entries()) {
      const { input } = acted.trial(name);
      const [field = '', id = ''] = idsIn(input)[place] ?? [];
      const { fingerprint } = await acted.host.plan(name, input);
      deleteIn(acted.org, id);
      if (!isAim(name, field, id, input)) {
        await expectRefused(name, input, field, fingerprint);
        continue;
      }
      const before = acted.org.log.length;
      expect(await acted.host.act(name, input, fingerprint)).toMatchObject({ changed: false });
      expect(await acted.host.plan(name, input)).toMatchObject({ state: 'done', calls: [], undo: null });
      expect([acted.writes, acted.told(before)]).toEqual([[], []]);
    }
  });

  it.each(NAMES)('of %s may never have been, or its id may lead elsewhere', async (name) => {
    const { input } = acted.trial(name);
    for (const [field, id] of idsIn(input)) {
      const whole = input[field] ?? '';
      // Without a zone the first blocklist is meant.
      const empty = field === 'networkZone' ? [] : [' '];
      for (const odd of ['../x', '..', '.', 'a/b', 'x?limit=1', 'x#y', 'a\\b', 'x\ny', ...empty])
        await expectRefused(name, { ...input, [field]: whole.replace(id, odd) }, field);
      const never = { ...input, [field]: whole.replace(id, `${id.slice(0, -5)}xxxxx`) };
      if (isAim(name, field, id, input)) expect(await acted.host.plan(name, never)).toMatchObject({ state: 'done' });
      else await expectRefused(name, never, field);
    }
  });

  it.each(NAMES)('%s is not done to whom only the login names', async (name) => {
    const { input } = acted.trial(name);
    for (const [field, id] of idsIn(input)) {
      const profile = acted.org.directory.users.get(id)?.['profile'];
      if (profile === undefined) continue;
      const login = /"login":"([^"]+)"/.exec(JSON.stringify(profile))?.[1] ?? '';
      const whole = input[field] ?? '';
      for (const other of [login, login.split('@')[0] ?? '', 'me'])
        await expectRefused(name, { ...input, [field]: whole.replace(id, other) }, field);
    }
  });

  it('is the account, also where it is unlinked: a link that is gone is what was wanted', async () => {
    const { input } = acted.trial('unlink-account');
    acted.org.unlinkIdpUser(input['identityProvider'] ?? '', input['account'] ?? '');
    expect(await acted.host.act('unlink-account', input)).toMatchObject({ changed: false });
    expect(acted.writes).toEqual([]);
  });
});
