import { playScenario } from '@castellan/okta-simulator';
import { ADA } from './stage.mjs';

const HOUR = 3_600_000;
/** One that several are part of, so that its incidents lead to each other, and one of many events. */
const ATTACKS = ['help-desk-takeover', 'push-bombing-accepted'];
/** One rule works, and one has a mistake in its line. */
const OWN = `title: An API token was made
logsource: { product: okta }
detection:
  made: { eventType: system.api_token.create }
  condition: made
level: medium
---
title: One with a mistake
logsource: { product: okta }
detection:
  made: { eventType|like: system.api_token.create }
  condition: made
`;

/** What rules have found: the queue, an incident and what it leads to, a finding; and the rules themselves. */
export async function detection(stage, album) {
  const integration = await attacked(stage);
  const { items } = await stage.api.call('GET', `/incidents?integration=${integration}&limit=50`);
  const page = await stage.visitAs(ADA, '/incidents');
  const show = async (path, name) => {
    await page.goto(stage.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await album.take(page, name);
  };
  await show('/incidents', 'incidents');
  await show('/incidents?q=nobody-is-called-that', 'incidents-nothing-found');
  const incident = await related(stage, items);
  await show(`/incidents/${incident.id}`, 'incident');
  await show(`/findings/${incident.found[0].id}`, 'finding-of-a-rule');
  await show('/detection/rules', 'detection-rules');
  await show(`/detection/rules/${encodeURIComponent(incident.rule.id)}`, 'detection-rule');
  await show('/detection/coverage', 'detection-coverage');
  await show('/detection/coverage?view=table', 'detection-coverage-table');
  const file = await stage.api.call('POST', '/detection/rule-files', { name: 'own.yml', content: OWN, enabled: true });
  await show('/detection/files', 'detection-files');
  await show(`/detection/files/${file.id}`, 'detection-editor');
  await page.getByRole('textbox', { name: 'Rules and filters, in YAML' }).fill(`${OWN}level: awful\n`);
  await page.getByText('As it stands:', { exact: false }).waitFor();
  await album.take(page, 'detection-editor-writing');
  await page.context().close();
}

/** An organisation in which something has happened this day. @returns the id of its integration, once rules have found it */
async function attacked(stage) {
  const simulator = await stage.simulate({
    users: 60,
    groups: 8,
    apps: 6,
    events: 60,
    seed: 8,
    epoch: new Date(Date.now() - 2 * ATTACKS.length * HOUR - HOUR),
  });
  // One behind the other: the log goes on, and none takes more than an hour.
  for (const [n, attack] of ATTACKS.entries())
    playScenario(simulator.org, attack, { at: new Date(Date.now() - (ATTACKS.length - n) * 2 * HOUR) });
  const { id } = await stage.api.call('POST', '/integrations', {
    connector: 'okta',
    name: 'Okta attacked',
    config: simulator.config,
  });
  await stage.settled(id);
  for (let before = -1; ; ) {
    const { items } = await stage.api.call('GET', `/incidents?integration=${id}&limit=50`);
    const findings = items.reduce((sum, one) => sum + one.findings, 0);
    // Rules look at a page of the log at a time: they are done when nothing comes any more.
    if (findings > 0 && findings === before) return id;
    before = findings;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}

/** The first that leads to another one; the worst, where none does. */
async function related({ api }, incidents) {
  const details = [];
  for (const { id } of incidents) details.push(await api.call('GET', `/incidents/${id}`));
  return details.find((one) => one.related.length > 0) ?? details[0];
}
