import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordKind } from '@castellan/connector-sdk';
import { type Simulator, startSimulator } from '@castellan/okta-simulator';
import { TinyHost } from './support/tiny-host.js';

const FOLDER = fileURLToPath(new URL('../../../../shared/okta-recorded', import.meta.url));

interface Row {
  readonly parent: string | null;
  readonly object: Record<string, unknown>;
}

function rowsOf(name: string): readonly Row[] {
  if (!existsSync(FOLDER)) return [];
  const lines = readFileSync(`${FOLDER}/${name}.jsonl`, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

/** Keys of the distinct objects of a file, as our rows name them. */
function keysOf(name: string, key: (row: Row) => string): readonly string[] {
  const named = rowsOf(name).filter(({ object }) => typeof object['id'] === 'string');
  return [...new Set(named.map(key))].toSorted();
}

const byId = ({ object }: Row): string => String(object['id']);
const underParent = ({ parent, object }: Row): string => `${parent}|${String(object['id'])}`;

/** `describe` or nothing: the folder is not part of the project. */
const where = existsSync(FOLDER) ? describe : describe.skip;

where('objects that real organisations have answered', () => {
  let simulator: Simulator;
  let host: TinyHost;
  beforeAll(async () => {
    simulator = await startSimulator({ objects: FOLDER });
    host = await TinyHost.create(simulator.config);
    await host.run();
  });
  afterAll(() => simulator.close());

  /** Rows that the simulator had to add, since a recorded child names a parent that nobody recorded. */
  const added = (file: string): ReadonlySet<string> =>
    new Set(simulator.objects?.placeholders.filter((made) => made.file === file).map(({ id }) => id));

  it('are read without a stop', () => expect(host.stopped).toEqual([]));

  it.each<[string, RecordKind, readonly string[]]>([
    ['groups', 'group', keysOf('groups', byId)],
    ['group-rules', 'group_rule', keysOf('group-rules', byId)],
    ['apps', 'application', keysOf('apps', byId)],
    ['idps', 'identity_provider', keysOf('idps', byId)],
    ['group-members', 'membership', keysOf('group-members', underParent)],
  ])('are all there: %s', (file, kind, expected) => {
    const extra = added(`${file}.jsonl`);
    expect(host.keys(kind).filter((key) => !extra.has(key))).toEqual(expected);
  });

  it('are all there: users, and members that no list of users has', () => {
    const expected = new Set([...keysOf('users', byId), ...keysOf('group-members', byId)]);
    const extra = added('users.jsonl');
    expect(host.keys('account').filter((key) => !extra.has(key))).toEqual([...expected].toSorted());
  });

  it('are all there: app assignments, custom roles, role assignments', () => {
    expect(host.keys('app_assignment')).toEqual(
      [...keysOf('app-users', underParent), ...keysOf('app-groups', underParent)].toSorted(),
    );
    const customRoles = host.all('role').filter(({ data, key }) => !data.builtIn && !added('custom-roles.jsonl').has(key));
    expect(customRoles.map(({ key }) => key).toSorted()).toEqual(keysOf('custom-roles', byId));
    const assignments = [...keysOf('user-roles', underParent), ...keysOf('group-roles', underParent)];
    expect(
      host
        .all('role_assignment')
        .map(({ data }) => `${data.principal}|${data.assignment}`)
        .toSorted(),
    ).toEqual(assignments.toSorted());
  });

  it('keep every date and every status', () => {
    const dates: Readonly<Record<string, string>> = {
      created: 'createdAt',
      lastUpdated: 'updatedAt',
      status: 'providerStatus',
    };
    const more = {
      activated: 'activatedAt',
      lastLogin: 'lastLoginAt',
      statusChanged: 'statusChangedAt',
      passwordChanged: 'passwordChangedAt',
    };
    let compared = 0;
    const compare = (file: string, kind: RecordKind, fields: Readonly<Record<string, string>>): void => {
      for (const { object } of rowsOf(file)) {
        const data = new Map<string, unknown>(Object.entries(host.rows.get(kind)?.get(String(object['id']))?.data ?? {}));
        for (const [theirs, ours] of Object.entries(fields)) {
          expect([file, object['id'], ours, data.get(ours)]).toEqual([file, object['id'], ours, object[theirs] ?? null]);
          compared += 1;
        }
      }
    };
    compare('users', 'account', { ...dates, ...more });
    compare('groups', 'group', {
      created: 'createdAt',
      lastUpdated: 'updatedAt',
      lastMembershipUpdated: 'membershipUpdatedAt',
    });
    compare('apps', 'application', dates);
    compare('idps', 'identity_provider', dates);
    compare('group-rules', 'group_rule', dates);
    expect(compared).toBeGreaterThan(1_300);
  });

  it('hold no secret any more, and are whole apart from that', () => {
    for (const { key, raw } of host.all('identity_provider')) {
      const recorded = rowsOf('idps').find(({ object }) => object['id'] === key)?.object;
      expect(JSON.stringify(raw)).not.toContain('"client_secret":"redacted"');
      expect(JSON.parse(JSON.stringify(raw).replaceAll('"[redacted]"', '"redacted"'))).toMatchObject({
        protocol: recorded?.['protocol'],
      });
    }
  });

  it('hold no field that is not understood', () => expect(host.logger.notUnderstood()).toEqual([]));
});
