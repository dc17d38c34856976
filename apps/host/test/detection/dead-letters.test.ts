import type { DeadLettersRetried, DeadLettersView } from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { ownWorkspace } from '../access/organisation.js';
import { type Api, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { otherWorkspace, type Person } from '../security/workspace-people.js';
import { seedOrganisation, writeEvents } from './written-log.js';

const ORGANISATION = '00000000-0000-4000-8000-0000000000e1';
const AT = Date.now() - 60_000;
const folder = temporaryFolder();
let host: TestHost;
let stranger: Person & { readonly workspaceId: string };

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  await seedOrganisation(host, await ownWorkspace(host), ORGANISATION, 'Directory');
  const content = 'title: Used\nid: used\nlogsource: {}\ndetection: { s: { eventType: used }, condition: s }\nlevel: high\n';
  await host.api.post('/detection/rule-files', { name: 'own.yml', content, enabled: true });
}, 60_000);
afterAll(() => host.close());

const listed = async (api: Api = host.api) => (await api.get<DeadLettersView>('/detection/dead-letters')).body;
const retry = async (api: Api = host.api) => (await api.post<DeadLettersRetried>('/detection/dead-letters/retry')).body;
const figure = async (name: string) =>
  new RegExp(`^${name} (.+)$`, 'm').exec((await host.api.get<string>('/metrics')).body)?.[1];
const found = async (): Promise<readonly unknown[]> =>
  (await host.query(`SELECT subject_key AS who FROM findings WHERE rule = 'used' ORDER BY 1`)).map(({ who }) => who);
const drained = () => until(async () => (await host.query('SELECT 1 FROM detection_inbox')).length === 0, 40_000);

test('a host goes on behind an event that fails each time, tells administrators, and shows it again when asked to', async () => {
  await host.query(`ALTER TABLE findings ADD CONSTRAINT refused CHECK (subject_key <> 'poison')`);
  // It has failed twice, a minute apart.
  await host.query(`INSERT INTO detection_failures (integration_id, in_a_row, suspects) VALUES ('${ORGANISATION}', 2, 5)`);
  const actors = ['ana', 'bo', 'poison', 'cy', 'dee'];
  await writeEvents(
    host,
    ORGANISATION,
    actors.map((actor, n) => ({ key: `e${n}`, at: AT + n * 1_000, type: 'used', actor })),
  );
  await drained();
  expect(await found()).toEqual(['ana', 'bo', 'cy', 'dee']);
  const { items, total } = await listed();
  expect([total, items]).toEqual([
    1,
    [
      {
        integration: { id: ORGANISATION, name: 'Directory' },
        event: 'e2',
        published: new Date(AT + 2_000).toISOString(),
        reason: 'The database refused what was to be kept of it (error 23514).',
        at: expect.any(String),
      },
    ],
  ]);
  expect(await figure('castellan_detection_dead_letters')).toBe('1');
  expect([await listed(stranger.api), await retry(stranger.api)]).toEqual([{ items: [], total: 0 }, { events: 0 }]);
  await host.query('ALTER TABLE findings DROP CONSTRAINT refused');
  expect(await retry()).toEqual({ events: 1 });
  await drained();
  expect([await listed(), await found()]).toEqual([{ items: [], total: 0 }, ['ana', 'bo', 'cy', 'dee', 'poison']]);
  const { items: log } = (await host.api.get<AuditLogPage>('/audit-log?action=dead-letters.retry')).body;
  expect(log.map(({ after }) => after)).toEqual([{ events: 1 }]);
}, 60_000);
