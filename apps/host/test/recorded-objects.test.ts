import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALL_CHECKS } from '@castellan/posture';
import { settingsFor, TestHost, temporaryFolder, until } from './host-harness.js';
import { DEFAULT_SCOPES, type Simulator, startSimulator } from './simulator.js';

const SETTINGS = 'policies authenticators networkZones apiTokens logStreams threatInsights orgs appGrants';
const SCOPES = [...DEFAULT_SCOPES, ...SETTINGS.split(' ').map((area) => `okta.${area}.read`)];
const FOLDER = fileURLToPath(new URL('../../../../shared/okta-recorded', import.meta.url));

interface Row {
  readonly parent: string | null;
  readonly object: Readonly<Record<string, unknown>>;
}
interface Stored {
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The objects of a file that have an id: what the recordings say, read without any code of ours. */
function rowsOf(file: string): readonly Row[] {
  const lines = readFileSync(`${FOLDER}/${file}.jsonl`, 'utf8').split('\n');
  const rows = lines.filter((line) => line !== '').map((line): Row => JSON.parse(line));
  return rows.filter(({ object }) => typeof object['id'] === 'string');
}
const idsOf = (...files: readonly string[]) => files.flatMap((file) => rowsOf(file).map(({ object }) => String(object['id'])));
const distinct = (keys: readonly string[]) => new Set(keys).size;
const pairsOf = (...files: readonly string[]) =>
  files.flatMap((file) => rowsOf(file).map(({ parent, object }) => `${file} ${parent} ${String(object['id'])}`));

// The folder is no part of the project; without it there is nothing to compare.
(existsSync(FOLDER) ? describe : describe.skip)('objects that real organisations have answered, in the database', () => {
  const dataDir = temporaryFolder();
  let simulator: Simulator;
  let host: TestHost;
  let id: string;
  beforeAll(async () => {
    simulator = await startSimulator({ objects: FOLDER, grantedScopes: SCOPES });
    host = await TestHost.start(settingsFor(dataDir));
    id = (await host.api.synced({ ...simulator.config, posture: true, eachAccount: true, secretAges: true })).id;
  }, 60_000);
  afterAll(async () => {
    await host.close();
    await simulator.close();
  });

  const placeholders = (file: string) =>
    simulator.objects?.placeholders.filter((made) => made.file === `${file}.jsonl`).length ?? 0;

  async function stored(kind: string): Promise<readonly Stored[]> {
    const rows: Stored[] = [];
    let cursor = '';
    do {
      const { body } = await host.api.get<{ items: Stored[]; next: string | null }>(
        `/integrations/${id}/records/${kind}?limit=50${cursor}`,
      );
      rows.push(...body.items);
      cursor = body.next === null ? '' : `&cursor=${encodeURIComponent(body.next)}`;
    } while (cursor !== '');
    return rows;
  }

  test.each([
    ['account', () => distinct(idsOf('users', 'group-members')) + placeholders('users')],
    ['group', () => distinct(idsOf('groups')) + placeholders('groups')],
    ['membership', () => distinct(pairsOf('group-members'))],
    ['group_rule', () => distinct(idsOf('group-rules'))],
    ['application', () => distinct(idsOf('apps')) + placeholders('apps')],
    ['app_assignment', () => distinct(pairsOf('app-users', 'app-groups'))],
    ['role_assignment', () => distinct(pairsOf('user-roles', 'group-roles'))],
    ['identity_provider', () => distinct(idsOf('idps'))],
  ] as const)('%s: as many as distinct objects in the files', async (kind, expected) => {
    expect(await stored(kind)).toHaveLength(expected());
  });

  test('custom roles: as many as recorded, and the placeholders', async () => {
    const custom = (await stored('role')).filter(({ data }) => data['builtIn'] === false);
    expect(custom).toHaveLength(distinct(idsOf('custom-roles')) + placeholders('custom-roles'));
  });

  const entity = { created: 'createdAt', lastUpdated: 'updatedAt', status: 'providerStatus' };
  const sign = {
    activated: 'activatedAt',
    lastLogin: 'lastLoginAt',
    statusChanged: 'statusChangedAt',
    passwordChanged: 'passwordChangedAt',
  };
  test.each([
    ['users', 'account', { ...entity, ...sign }],
    ['groups', 'group', { created: 'createdAt', lastUpdated: 'updatedAt', lastMembershipUpdated: 'membershipUpdatedAt' }],
    ['apps', 'application', entity],
    ['group-rules', 'group_rule', entity],
    ['idps', 'identity_provider', entity],
  ])('%s: every date and status as recorded', async (file, kind, fields: Readonly<Record<string, string>>) => {
    const byKey = new Map((await stored(kind)).map((row) => [row.key, row.data]));
    for (const { object } of rowsOf(file)) {
      const data = byKey.get(String(object['id']));
      for (const [theirs, ours] of Object.entries(fields)) {
        expect([object['id'], ours, data?.[ours]]).toEqual([object['id'], ours, object[theirs] ?? null]);
      }
    }
  });

  /** Where the kind is an edge: the file, how its rows are named in the files, and how in our records. */
  const edges = [
    ['app-users', 'app_assignment', { ...entity, statusChanged: 'statusChangedAt' }],
    ['app-groups', 'app_assignment', { lastUpdated: 'updatedAt', priority: 'priority' }],
    ['user-roles', 'role_assignment', entity],
    ['group-roles', 'role_assignment', entity],
  ] as const;
  test.each(edges)('%s: every date and status as recorded', async (file, kind, fields: Readonly<Record<string, string>>) => {
    const rows = await stored(kind);
    for (const { parent, object } of rowsOf(file)) {
      const data = rows
        .map((row) => row.data)
        .find((row) =>
          kind === 'app_assignment'
            ? row['application'] === parent && row['principal'] === object['id']
            : row['principal'] === parent && row['assignment'] === object['id'],
        );
      for (const [theirs, ours] of Object.entries(fields)) {
        expect([parent, object['id'], ours, data?.[ours]]).toEqual([parent, object['id'], ours, object[theirs] ?? null]);
      }
    }
  });

  test('custom roles: every date and permission as recorded', async () => {
    const byKey = new Map((await stored('role')).map((row) => [row.key, row.data]));
    const permissions = readFileSync(`${FOLDER}/role-permissions.jsonl`, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const granted = permissions.map((line): Row => JSON.parse(line));
    for (const { object } of rowsOf('custom-roles')) {
      expect([object['id'], byKey.get(String(object['id']))?.['createdAt']]).toEqual([object['id'], object['created']]);
      expect([object['id'], byKey.get(String(object['id']))?.['updatedAt']]).toEqual([object['id'], object['lastUpdated']]);
    }
    for (const { parent, object } of granted) {
      expect(byKey.get(String(parent))?.['permissions']).toContain(object['label']);
    }
  });

  test('every check is looked at, and none of them breaks', async () => {
    const looks = 'SELECT 1 FROM posture_evaluations WHERE complete_at IS NOT NULL';
    await until(async () => (await host.query(looks)).length > 0, 60_000);
    const results = await host.query('SELECT "check", status, reasons FROM check_results');
    expect(results.map(({ check }) => check).toSorted()).toEqual(ALL_CHECKS.map((one) => one.id).toSorted());
    expect(results.filter(({ reasons }) => JSON.stringify(reasons).includes('"broken"'))).toEqual([]);
    // A failure of a check is in the log as well, with what the database has said.
    expect(host.lines.filter((line) => line.includes('a check is broken'))).toEqual([]);
    const answered = results.filter(({ status }) => status !== 'unknown').length;
    expect(answered).toBeGreaterThan(ALL_CHECKS.length / 2);
  }, 70_000);

  test('what the files say is weak is named: authenticators by mail or by a question', async () => {
    const recorded = rowsOf('authenticators').map(({ object }) => object);
    const weak = recorded.filter(
      ({ key, status }) => status === 'ACTIVE' && ['okta_email', 'security_question'].includes(String(key)),
    );
    const found = await host.query(
      `SELECT subject_key FROM findings WHERE rule = 'weak-sign-in-method-on' ORDER BY subject_key`,
    );
    expect(weak.length).toBeGreaterThan(0);
    expect(found.map((row) => row['subject_key'])).toEqual([...new Set(weak.map(({ id: one }) => String(one)))].toSorted());
  });

  test('a field that is not understood is named in the log, once, and the row is kept', async () => {
    const before = host.lines.length;
    const user = [...simulator.org.directory.users.values()][0];
    if (user === undefined) throw new Error('no user');
    simulator.org.directory.users.set(user.id, { ...user, shoeSize: 43, lastLogin: 'yesterday' });
    await host.api.syncAgain(id);
    const named = host.lines.slice(before).filter((line) => line.includes('field not understood'));
    expect(
      named
        .map((line) => JSON.parse(line))
        .map(({ kind, field }) => `${kind}.${field}`)
        .toSorted(),
    ).toEqual(['user.lastLogin', 'user.shoeSize']);
    expect((await stored('account')).find(({ key }) => key === user.id)?.data['lastLoginAt']).toBeNull();
  });
});
