import { ownWorkspace } from '../access/organisation.js';
import { settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { otherWorkspace } from '../security/workspace-people.js';
import { seedOrganisation, writeEvents } from './written-log.js';

const [BEHIND, OTHER] = ['00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000c2'];
const folder = temporaryFolder();
let host: TestHost;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  const { workspaceId } = await otherWorkspace(host, 'globex');
  await seedOrganisation(host, await ownWorkspace(host), BEHIND, 'Behind');
  await seedOrganisation(host, workspaceId, OTHER, 'Other');
}, 60_000);
afterAll(() => host.close());

const waiting = async (id: string): Promise<number> =>
  (await host.query(`SELECT 1 FROM detection_inbox WHERE integration_id = '${id}'`)).length;

test('an organisation that is far behind does not keep the others waiting until it is done', async () => {
  // A batch is twenty pages, and each takes half a second: a minute for all of them.
  await host.query(
    `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$`,
  );
  await host.query(
    `CREATE TRIGGER slow BEFORE INSERT ON detection_progress FOR EACH ROW WHEN (NEW.integration_id = '${BEHIND}') EXECUTE FUNCTION slow()`,
  );
  await writeEvents(host, BEHIND, [{ key: 'e0', at: Date.now() - 60_000, type: 'nothing', actor: 'ana' }]);
  await host.query(
    `INSERT INTO detection_inbox (integration_id, keys, published)
     SELECT integration_id, keys, published FROM detection_inbox CROSS JOIN generate_series(2, 2400) WHERE integration_id = '${BEHIND}'`,
  );
  await until(async () => (await waiting(BEHIND)) < 2_400, 20_000);
  await writeEvents(host, OTHER, [{ key: 'e1', at: Date.now() - 60_000, type: 'nothing', actor: 'bo' }]);
  await until(async () => (await waiting(OTHER)) === 0, 50_000);
  const left = await waiting(BEHIND);
  expect(left).toBeGreaterThan(0);
  // And its own turn comes again.
  await until(async () => (await waiting(BEHIND)) < left, 30_000);
  await host.query('DROP TRIGGER slow ON detection_progress');
}, 120_000);
