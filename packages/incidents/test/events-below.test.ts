import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { findingDetection, incidentTimeline, RulesOfWorkspaces, watchBatch } from '../src/index.js';
import { newIntegration, type OpenedDatabase, openDatabase } from './fixtures/database.js';
import { eventOf } from './fixtures/events.js';
import { openLog } from './fixtures/log.js';

const RULES = {
  name: 'acme.yml',
  text: `
title: A password was wrong
name: wrong
logsource: { product: acme }
detection: { s: { eventType: sign_in, outcome.result: FAILURE }, condition: s }
---
title: Somebody signed in
name: right
logsource: { product: acme }
detection: { s: { eventType: sign_in, outcome.result: SUCCESS }, condition: s }
---
title: Passwords of many were wrong
name: sprayed
correlation: { type: value_count, rules: [wrong], group-by: [client.ipAddress], timespan: 10m, condition: { field: actor.id, gte: 3 } }
---
title: A success
name: in_after
correlation: { type: temporal_ordered, rules: [sprayed, right], group-by: [client.ipAddress], timespan: 6h }
---
title: Somebody is in
name: somebody_in
correlation: { type: event_count, rules: [in_after], group-by: [actor.id], timespan: 1s, condition: { gte: 1 } }
level: high
`,
};

let database: OpenedDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

test('a finding has the events of the windows below, and is about whom its own are about', async () => {
  const { storage, client } = database;
  const integrationId = await newIntegration(storage);
  const of = { workspaceId: DEFAULT_WORKSPACE_ID, integrationId, product: 'acme' };
  const { write } = await openLog(storage, integrationId);
  const begin = Date.now() - 300 * 60_000;
  const wrong = ['ann', 'ben', 'cyd'].map((account, n) =>
    eventOf({ key: `w-${account}`, at: begin + n * 60_000, type: 'sign_in', account }),
  );
  const right = eventOf({ key: 'r-dan', at: begin + 200 * 60_000, type: 'sign_in', account: 'dan', outcome: 'SUCCESS' });
  const books = new RulesOfWorkspaces([RULES]);
  // In two batches: what lies below is kept between them.
  await write(wrong);
  await storage.transaction(() => watchBatch(storage.queries, of, books));
  await write([right]);
  await storage.transaction(() => watchBatch(storage.queries, of, books));
  const { rows } = await client.query(
    `SELECT f.subject_key, d.events, f.evidence->>'events' AS count, f.evidence->'actors' AS actors
     FROM findings f JOIN detection_findings d ON d.finding_id = f.id WHERE f.integration_id = $1`,
    [integrationId],
  );
  expect(rows).toEqual([
    {
      subject_key: 'dan',
      events: ['w-ann', 'w-ben', 'w-cyd', 'r-dan'],
      count: '4',
      actors: ['ann', 'ben', 'cyd', 'dan'].map((id) => expect.objectContaining({ id })),
    },
  ]);
  // Where somebody looks at it they are shown, hours before as they were.
  const [row] = (
    await client.query<{ readonly id: string; readonly incident: string }>(
      `SELECT d.finding_id AS id, d.incident_id AS incident FROM detection_findings d JOIN findings f ON f.id = d.finding_id
     WHERE f.integration_id = $1`,
      [integrationId],
    )
  ).rows;
  const all = ['w-ann', 'w-ben', 'w-cyd', 'r-dan'];
  const page = await findingDetection(storage, DEFAULT_WORKSPACE_ID, row?.id ?? '');
  expect(page?.events.map(({ key }) => key)).toEqual(all);
  const incident = await storage.incidents.find(DEFAULT_WORKSPACE_ID, row?.incident ?? '');
  if (incident === undefined) throw new Error('There is one.');
  const { events } = await incidentTimeline(storage.queries, incident, await storage.incidents.findingsOf(incident.id));
  expect(events.map(({ key }) => key)).toEqual(all);
});
