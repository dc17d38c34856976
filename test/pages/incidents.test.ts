import type { IncidentsChangeInput, IncidentView, RuleFileInput } from '@castellan/api';
import type { Page, Route } from 'playwright-core';
import { barriers, LOOKS } from './accessibility.js';
import {
  CATALOGUE,
  DRY,
  FILE,
  FILES,
  INTEGRATION,
  JOURNEY,
  JOURNEY_DETAIL,
  JOURNEY_TIMELINE,
  LATE,
  LISTS,
  MANY_FOUND,
  page as pageOf,
  PUSHES,
  PUSHES_DETAIL,
  ROLE,
  SPRAY,
  summaryOf,
  SUPPRESSIONS,
  TRAVEL,
} from './detection-answers.js';
import { FINDING } from './finding-answers.js';
import { ADMINISTRATOR, House } from './house.js';

let house: House;
let page: Page;
/** What the host would have. */
let incidents: readonly IncidentView[] = [];
let stored = FILE;
/** What it was asked to do. */
let asked: { readonly path: string; readonly method: string; readonly body: unknown }[] = [];

beforeAll(async () => {
  house = await House.open();
  await house.setUp();
  page = await house.visitAs(ADMINISTRATOR);
  await page.route(/\/api\/(incidents|detection|findings\/f-push)\b/, answer);
}, 240_000);
afterAll(async () => {
  await page.unrouteAll({ behavior: 'wait' });
  await house.close();
});
beforeEach(() => {
  incidents = [JOURNEY, ROLE, SPRAY];
  asked = [];
  stored = FILE;
});
afterEach(() => expect(house.violations()).toEqual([]));

/** Nothing is done here: see `respond.test.ts`. */
const NOBODY = { integration: JOURNEY.integration, items: [] };
const JOURNEY_PATH = `/api/incidents/${JOURNEY.id}`;

/** In place of the host: what a simulated organisation does not bring about within seconds. */
async function answer(route: Route): Promise<void> {
  const { pathname, searchParams } = new URL(route.request().url());
  const method = route.request().method();
  if (method !== 'GET') {
    const body: unknown = route.request().postDataJSON();
    asked.push({ path: pathname, method, body });
    if (pathname === '/api/incidents/changes') return route.fulfill({ json: changed(body as IncidentsChangeInput) }); // as the page sends it
    if (pathname === '/api/detection/dry-run') return route.fulfill({ json: DRY });
    if (pathname === '/api/detection/suppressions') return route.fulfill({ json: SUPPRESSIONS[0] });
    if (pathname === '/api/detection/rule-files/check')
      return route.fulfill({ json: { problems: [], notes: [], rules: 1, filters: 0 } });
    if (pathname.startsWith('/api/detection/rule-files')) {
      stored = { ...stored, ...(body as RuleFileInput) }; // as the page sends it
      return route.fulfill({ json: stored });
    }
    return method === 'DELETE' ? route.fulfill({ status: 204 }) : route.fulfill({ json: PUSHES_DETAIL });
  }
  const answers: Readonly<Record<string, unknown>> = {
    '/api/incidents': pageOf(...incidents.filter((one) => isAsked(one, searchParams))),
    '/api/incidents/summary': summaryOf(incidents.filter((one) => isAsked(one, searchParams))),
    [JOURNEY_PATH]: { ...JOURNEY_DETAIL, ...incidents.find(({ id }) => id === JOURNEY.id) },
    [`${JOURNEY_PATH}/timeline`]: JOURNEY_TIMELINE,
    [`${JOURNEY_PATH}/response`]: NOBODY,
    '/api/findings/f-push': FINDING,
    '/api/findings/f-push/response': NOBODY,
    '/api/detection/rules': CATALOGUE,
    [`/api/detection/rules/${PUSHES.id}`]: PUSHES_DETAIL,
    '/api/detection/suppressions': { items: SUPPRESSIONS },
    '/api/detection/rule-files': { items: FILES },
    [`/api/detection/rule-files/${FILE.id}`]: stored,
    '/api/detection/lists': { items: LISTS },
  };
  return route.fulfill({ json: answers[pathname] });
}

function isAsked({ severity, status, subject, rule, others }: IncidentView, query: URLSearchParams): boolean {
  const searched = [subject.label, rule.title, ...others.first.map(({ label }) => label)].join(' ').toLowerCase();
  const statuses = query.has('status') ? query.getAll('status') : ['open', 'acknowledged'];
  const whose = query.get('subject');
  return (
    statuses.includes(status) &&
    (!query.has('severity') || query.get('severity') === severity) &&
    searched.includes((query.get('q') ?? '').toLowerCase()) &&
    (whose === null || whose === `${subject.kind}:${subject.key}`)
  );
}

function changed({ change, ids }: IncidentsChangeInput) {
  incidents = incidents.map((one) => {
    if (!ids.includes(one.id)) return one;
    if (change.do === 'close') return { ...one, status: 'closed', verdict: change.verdict };
    return change.do === 'acknowledge' ? { ...one, status: 'acknowledged' } : one;
  });
  return { changed: ids.length };
}

const go = (path: string) => page.goto(house.url + path);
const queue = () => page.getByRole('table', { name: 'Incidents' });
const focused = (): Promise<string> => page.locator(':focus').innerText();
const button = (name: string) => page.getByRole('button', { name, exact: true });

test('the queue goes by severity, says how many wait, and is narrowed to one of them', async () => {
  await go('/incidents');
  await page.getByText('2 incidents open, 1 acknowledged.').waitFor();
  const titles = await queue().getByRole('link').and(page.locator('[data-current]')).allInnerTexts();
  expect(titles).toEqual([JOURNEY.rule.title, ROLE.rule.title, SPRAY.rule.title]);
  expect((await queue().getByRole('columnheader').allInnerTexts()).filter((text) => text.includes('·'))).toEqual([
    'Critical · 1',
    'High · 1',
    'Medium · 1',
  ]);
  await page.getByRole('navigation', { name: 'Those that wait, by severity' }).getByRole('link', { name: 'Medium 1' }).click();
  await page.waitForURL((url) => url.search === '?severity=medium');
  await queue().getByText('Critical').waitFor({ state: 'detached' });
  // What is chosen among the severities is counted among all of them; of somebody only his are.
  await page.getByRole('link', { name: 'Critical 1' }).waitFor();
  await go(`/incidents?severity=medium&subject=${encodeURIComponent(`${SPRAY.subject.kind}:${SPRAY.subject.key}`)}`);
  await page.getByText('0 incidents open, 1 acknowledged.').or(page.getByText('1 incident open, 0 acknowledged.')).waitFor();
  // Nothing would be shown by it: it is no link.
  await page.getByText('Critical\u00a00', { exact: true }).waitFor();
  expect(await page.getByRole('link', { name: 'Critical 0' }).count()).toBe(0);
  expect(await page.getByText('Informational').count()).toBe(0);
  await go('/incidents?status=closed');
  await page.getByText('No incident matches').waitFor();
  await go('/incidents?severity=awful');
  await page.getByText('There is no severity "awful"').waitFor();
});

test('low ones wait behind a chip as long as there are worse, and the address says so', async () => {
  const low = { ...SPRAY, id: '55555555-9f0a-4b7e-8f4f-0d9f6f0f6a11', severity: 'low', rule: TRAVEL } as const;
  incidents = [JOURNEY, ROLE, low];
  const chips = page.getByRole('navigation', { name: 'Those that wait, by severity' });
  const current = async () =>
    (await chips.locator('[aria-current]').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
  const titles = () => queue().getByRole('link').and(page.locator('[data-current]')).allInnerTexts();
  await go('/incidents');
  await page.getByText('2 incidents open, 1 acknowledged. 1 of low severity is not shown here.').waitFor();
  expect(await titles()).toEqual([JOURNEY.rule.title, ROLE.rule.title]);
  expect(await current()).toEqual(['Medium and worse 2']);
  await chips.getByRole('link', { name: 'All 3' }).click();
  await page.waitForURL((url) => url.search === '?severity=all');
  await queue().getByRole('link', { name: TRAVEL.title }).waitFor();
  await page.reload();
  await queue().getByRole('link', { name: TRAVEL.title }).waitFor();
  expect(await current()).toEqual(['All 3']);
  await chips.getByRole('link', { name: 'Medium and worse 2' }).click();
  await queue().getByRole('link', { name: TRAVEL.title }).waitFor({ state: 'detached' });
  // Whoever has chosen anything misses nothing of it.
  for (const search of ['?sort=newest', '?status=open', '?q=travel', '?severity=low']) {
    await go(`/incidents${search}`);
    await queue().getByRole('link', { name: TRAVEL.title }).waitFor();
  }
  // Nothing else is left: they come by themselves.
  incidents = [low];
  await go('/incidents');
  await queue().getByRole('link', { name: TRAVEL.title }).waitFor();
  expect(await current()).toEqual(['All 1']);
});

test('a row says whom it was done to, and somebody is searched for by a name', async () => {
  await go('/incidents');
  const row = (incident: IncidentView) => queue().getByRole('row').filter({ hasText: incident.rule.title });
  await row(ROLE).getByText('Done to Ana Diaz, Cleo Marsh, Dan Ek and 6 more').waitFor();
  await row(SPRAY).getByText('Accounts: Ana Diaz').waitFor();
  expect(await row(JOURNEY).getByText('Done to').count()).toBe(0);
  // Letters that are keys of the queue are letters here.
  await page.getByRole('searchbox', { name: 'Search incidents' }).pressSequentially('cleo');
  await page.waitForURL((url) => url.searchParams.get('q') === 'cleo');
  await row(SPRAY).waitFor({ state: 'detached' });
  await row(ROLE).waitFor();
  await page.getByText('0 incidents open, 1 acknowledged.').waitFor();
  await page.getByRole('searchbox').fill('nobody at all');
  await page.getByText('No incident matches').waitFor();
  await page.getByText('The search looks in names and logins of whoever is in it, addresses,', { exact: false }).waitFor();
  expect(asked).toEqual([]);
});

test('of many findings the worst are shown, a line each, below what to do and above what happened', async () => {
  const many = (route: Route): Promise<void> => route.fulfill({ json: { ...JOURNEY_DETAIL, found: MANY_FOUND } });
  await page.route(`**${JOURNEY_PATH}`, many);
  await go(`/incidents/${JOURNEY.id}`);
  await page.getByRole('region', { name: 'Timeline' }).waitFor();
  const titles = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  expect(titles.slice(0, 5)).toEqual(['What to do', 'Respond', 'What was found: 23 findings', 'Places', 'Timeline']);
  const panel = page.getByRole('region', { name: 'What was found: 23 findings' });
  const lines = panel.locator('ol > li');
  const severities = async () =>
    (await lines.allInnerTexts()).map(
      (text) => /Critical|High|Low/.exec(text)?.[0] + (text.includes('Excepted') ? ' excepted' : ''),
    );
  expect(await severities()).toEqual(['Critical', 'High', 'Low', 'Low', 'Low']);
  // Nobody who goes through the page by eye has them in the way.
  expect((await panel.boundingBox())?.height).toBeLessThan(340);
  expect(await panel.getByText(PUSHES.description ?? '').count()).toBe(0);
  await lines
    .first()
    .getByRole('button', { name: `Why: ${PUSHES.title}` })
    .click();
  await panel.getByText(PUSHES.description ?? '').waitFor();
  await button('Show all 23').click();
  expect((await severities()).slice(-2)).toEqual(['Low', 'Critical excepted']);
  expect(await lines.count()).toBe(23);
  await button('Show the 5 worst only').click();
  expect(await lines.count()).toBe(5);
  await page.unroute(`**${JOURNEY_PATH}`, many);
});

test('an incident leads to others that name the same people, and says who they are', async () => {
  await go(`/incidents/${JOURNEY.id}`);
  const related = page.getByRole('list', { name: 'Related incidents' });
  await related.getByText('Both name Ana Diaz', { exact: false }).waitFor();
  expect(await related.getByRole('listitem').innerText()).toMatch(/Bo Lindqvist\s+High\s+Acknowledged/);
  expect(await related.getByRole('link', { name: ROLE.rule.title }).getAttribute('href')).toBe(`/incidents/${ROLE.id}`);
});

test('a finding of a rule shows its events, why they were found, and its incident', async () => {
  await go('/findings/f-push');
  const events = page.getByRole('table', { name: 'Events of the finding' });
  await events.getByText('Ana Diaz → Bo Lindqvist').waitFor();
  const first = await events.getByRole('row').nth(1).innerText();
  for (const said of ['A push notification was rejected', 'Failure', 'REJECTED', '203.0.113.9, Sydney, Australia'])
    expect(first).toContain(said);
  expect(await events.getByRole('row').count()).toBe(21);
  await button('Show 4 more').click();
  expect(await events.getByRole('row').count()).toBe(25);
  expect(
    await events
      .getByRole('link', { name: /^Raw event: / })
      .first()
      .getAttribute('href'),
  ).toBe(`/records/activity?key=e0&of=${INTEGRATION.id}`);
  const why = page.getByRole('region', { name: 'Why it was found' });
  await why
    .getByText(
      'The rule looks at: how many events, at least 5, within 10 minutes. It puts together what these see: A sign-in failed.',
    )
    .waitFor();
  const seen = page.getByRole('region', { name: 'What was seen' });
  await seen.getByText('acme.factor.push (24 times)').waitFor();
  await seen.getByText('Phone (Factor)').waitFor();
  expect(await page.getByText('Value:', { exact: false }).count()).toBe(0);
  // It was so at its moment, in events: nothing is there since, and nobody has looked at the organisation.
  const facts = await page.getByRole('term').allInnerTexts();
  expect(facts).toEqual(expect.arrayContaining(['First seen', 'Last seen', 'Found']));
  expect(facts).not.toContain('There since');
  const history = await page.getByRole('list', { name: 'History' }).innerText();
  expect(history).toMatch(/^Resolved: with an event that came late it is none\.\s+By the rule · .*\s+Found\.\s+By the rule · /);
  const incident = page.getByRole('definition').filter({ hasText: 'Open' }).getByRole('link', { name: PUSHES.title });
  expect(await incident.getAttribute('href')).toBe(`/incidents/${JOURNEY.id}`);
});

test('an incident is acknowledged and closed by keyboard, and the next one has the focus', async () => {
  await go('/incidents');
  await queue().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  expect(await focused()).toBe(JOURNEY.rule.title);
  await page.keyboard.press('a');
  await page.getByText('1 incident is acknowledged.').waitFor();
  expect(asked[0]?.body).toEqual({ change: { do: 'acknowledge' }, ids: [JOURNEY.id] });
  await page.keyboard.press('f');
  const dialog = page.getByRole('dialog', { name: 'Close 1 incident' });
  // What it was is said by the key; why is asked for, and needs no mouse.
  expect(await dialog.getByRole('radio', { name: 'False alarm' }).isChecked()).toBe(true);
  expect(await button('Close 1 incident').isDisabled()).toBe(true);
  // Letters are letters there.
  await page.keyboard.type('far jay');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('1 incident is closed as a false alarm.').waitFor();
  expect(asked.at(-1)?.body).toEqual({
    change: { do: 'close', verdict: 'false_alarm', reason: 'far jay' },
    ids: [JOURNEY.id],
  });
  await page.locator(`[id="incident-${ROLE.id}"]:focus`).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${house.url}/incidents/${ROLE.id}`);
});

test('the keys work as soon as their help is closed', async () => {
  // A dialog takes a moment to go, unless somebody wants things to stand still.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await go('/incidents');
  await queue().waitFor();
  const keys = page.getByRole('dialog', { name: 'Keys of the queue' });
  for (const [key, verdict] of [
    ['f', 'False alarm'],
    ['r', 'Real attack'],
  ] as const) {
    await page.keyboard.press('?');
    await keys.waitFor();
    // As fast as fingers are.
    for (const one of ['Escape', 'j', 'j', key]) await page.keyboard.press(one);
    const dialog = page.getByRole('dialog', { name: 'Close 1 incident' });
    expect(await dialog.getByRole('radio', { name: verdict }).isChecked()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await queue().waitFor();
  }
  await page.keyboard.press('?');
  await keys.waitFor();
  for (const one of ['Escape', 'j', 'j', 'k', 'a']) await page.keyboard.press(one);
  await page.getByText('1 incident is acknowledged.').waitFor();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(asked[0]?.body).toEqual({ change: { do: 'acknowledge' }, ids: [JOURNEY.id] });
});

test('the keys can be switched off, and what is selected is changed together', async () => {
  await go('/incidents');
  await queue().waitFor();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys of the queue' });
  await keys.getByRole('switch', { name: 'The keys are on' }).click();
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  expect(await page.locator('[data-current="true"]').count()).toBe(0);
  await button('Keys').click();
  await keys.getByRole('switch', { name: 'The keys are on' }).click();
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('r');
  await page.getByRole('dialog', { name: 'Close 2 incidents' }).getByLabel('Reason').fill('The same actor.');
  await button('Close 2 incidents').click();
  await page.getByText('2 incidents are closed as a real attack.').waitFor();
  expect(asked.at(-1)?.body).toMatchObject({ change: { verdict: 'attack' }, ids: [JOURNEY.id, SPRAY.id] });
});

test('a new one appears by itself, is marked, and counted since the page was opened', async () => {
  await go('/incidents');
  await queue().waitFor();
  incidents = [...incidents, LATE];
  await queue().getByText('New', { exact: true }).waitFor();
  await page.getByText('1 new since you opened this page.').waitFor();
  expect(await queue().getByRole('row').filter({ hasText: LATE.subject.label }).getByText('New', { exact: true }).count()).toBe(
    1,
  );
  await button('I have seen them').click();
  await queue().getByText('New', { exact: true }).waitFor({ state: 'detached' });
});

test('an empty queue says why', async () => {
  incidents = [];
  await go('/incidents');
  // Nothing is connected in this house.
  await page.getByText('Nothing is connected yet').waitFor();
  expect(await barriers(page)).toEqual([]);
  const integration = { ...INTEGRATION, counts: { account: 3 }, polledAt: null };
  await page.route('**/api/integrations', (route) => route.fulfill({ json: pageOf(integration) }));
  await page.reload();
  await page.getByText('No activity is read').waitFor();
  expect(await page.getByRole('link', { name: 'Open the settings of Acme' }).getAttribute('href')).toBe(
    `/integrations/${INTEGRATION.id}/settings`,
  );
  await page.unroute('**/api/integrations');
});

test('an incident says who wrote its rule, what was done from where and how fast, and what to do', async () => {
  await go(`/incidents/${JOURNEY.id}`);
  await page.getByText('Rule by Jo Meier, of the community').waitFor();
  const places = page.getByRole('list', { name: 'Places in the order of time' });
  // 16,094 km are what an atlas has between the two; 65 minutes ago she was there, 40 minutes ago here.
  await places.getByText(/^16,\d{3} km in 25 min: 38,\d{3} km\/h, faster than an airliner$/).waitFor();
  expect(await places.getByText('Berlin, Germany').count()).toBe(1);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('button', { name: /^5 more like it, until / }).click();
  expect(await timeline.getByText('A push notification was rejected').count()).toBe(6);
  await timeline.getByRole('switch', { name: 'Only events of findings (8)' }).click();
  await page.waitForURL((url) => url.searchParams.get('events') === 'found');
  await timeline.getByText('Opened an application').waitFor({ state: 'detached' });
  await page.getByRole('checkbox', { name: /^End all sessions/ }).click();
  await page.getByText('1 of 3 done').waitFor();
  // What two rules say is said once, and whose it is.
  expect(await page.getByText(`Also of: ${TRAVEL.title}`).count()).toBe(1);
  expect(await page.getByRole('checkbox', { name: /^Look at what was done since/ }).count()).toBe(0);
  await button('1 more step, of 1 rule').click();
  const others = page.getByRole('list', { name: TRAVEL.title });
  expect(await others.getByRole('checkbox').count()).toBe(1);
  await others.getByRole('checkbox', { name: /^Look at what was done since/ }).click();
  await page.getByText('2 of 3 done').waitFor();
  await others.getByRole('checkbox').click();
  await page.reload();
  await page.getByText('1 of 3 done').waitFor();
  const person = page.getByRole('list', { name: 'More of this person' });
  expect(await person.getByRole('link', { name: 'What they can reach' }).getAttribute('href')).toBe(
    `/access/${INTEGRATION.id}/account/00u1`,
  );
});

test('the raw event is one click away, and the address says which is open', async () => {
  const raw = { uuid: 'e0', actor: { id: '00u1' } };
  const record = {
    kind: 'activity',
    key: 'e0',
    data: { published: JOURNEY.firstAt, message: 'Opened', type: 'acme', outcome: null },
    raw,
  };
  await page.route('**/records/activity/**', (route) =>
    route.fulfill({ json: route.request().url().endsWith('/relations') ? { items: [] } : record }),
  );
  await go(`/incidents/${JOURNEY.id}`);
  await page.getByRole('button', { name: /^Raw event: Opened an application/ }).click();
  await page.getByRole('dialog').getByText('"uuid": "e0"').waitFor();
  expect(new URL(page.url()).searchParams.get('event')).toBe('e0');
  await page.keyboard.press('Escape');
  await page.waitForURL(`${house.url}/incidents/${JOURNEY.id}`);
  await page.unroute('**/records/activity/**');
});

test('one that was no attack leads to a suppression with everything filled in', async () => {
  await go(`/incidents/${JOURNEY.id}`);
  await button('Close …').click();
  const dialog = page.getByRole('dialog', { name: 'Close 1 incident' });
  await dialog.getByRole('radio', { name: 'Allowed' }).click();
  await dialog.getByLabel('Reason').fill('She tried out the new telephone.');
  await dialog.getByRole('button', { name: 'Close 1 incident' }).click();
  await page.getByRole('link', { name: 'Suppress …' }).click();
  const form = page.getByRole('dialog', { name: 'Suppress for a while' });
  expect(await form.getByLabel('Of whom').inputValue()).toBe('00u1');
  await form.getByLabel('Reason').fill('Until the telephones are changed.');
  await form.getByRole('button', { name: 'Suppress', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  expect(asked.at(-1)).toMatchObject({
    path: '/api/detection/suppressions',
    body: { rule: PUSHES.id, subject: '00u1', reason: 'Until the telephones are changed.' },
  });
});

test('what an open incident is about is suppressed on its page, with the rule and whom it is about filled in', async () => {
  await go(`/incidents/${JOURNEY.id}`);
  await button('Suppress …').click();
  const form = page.getByRole('dialog', { name: 'Suppress for a while' });
  expect(await form.getByRole('combobox', { name: 'Rule' }).inputValue()).toBe(PUSHES.title);
  expect(await form.getByLabel('Of whom').inputValue()).toBe('00u1');
  await form.getByText('That is Ana Diaz, ana.diaz@acme.example.', { exact: false }).waitFor();
  await form.getByText('1 rule has found something here besides, and is still told of.', { exact: false }).waitFor();
  expect(await form.getByRole('button', { name: 'Suppress', exact: true }).isDisabled()).toBe(true);
  await form.getByLabel('Reason').fill('A test of the telephones.');
  await form.getByRole('button', { name: 'Suppress', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  expect(asked.at(-1)).toMatchObject({
    path: '/api/detection/suppressions',
    method: 'POST',
    body: { rule: PUSHES.id, subject: '00u1', reason: 'A test of the telephones.' },
  });
  // Whoever looks stays where they were.
  expect(new URL(page.url()).pathname).toBe(`/incidents/${JOURNEY.id}`);
  incidents = incidents.map((one) => (one.id === JOURNEY.id ? { ...one, status: 'closed', verdict: 'attack' } : one));
  await page.reload();
  await page.getByText('Real attack').first().waitFor();
  expect(await button('Suppress …').count()).toBe(0);
});

test('rules are found from the coverage, and one is set otherwise than it says', async () => {
  await go('/detection/coverage');
  await page.getByText('Hits of rules from low on, in 30 days:').waitFor();
  await page.getByRole('link', { name: /^T1621 Multi-Factor .* 1 rule · 3 hits$/ }).click();
  await page.waitForURL((url) => url.searchParams.get('technique') === 'T1621');
  await page.getByText('1 of 6 rules. Hits are of the last 30 days.').waitFor();
  await page.getByText('"like" is no modifier', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'community.yml:12' }).click();
  await page.waitForURL(`${house.url}/detection/files/${FILE.id}`);
  await page.goBack();
  await page.getByRole('link', { name: PUSHES.title }).click();
  // Files of rules come from anywhere: what is no page cannot be followed.
  const references = page.getByRole('region', { name: 'References' });
  await references.getByText('javascript:alert(1)').waitFor();
  expect(await references.getByRole('link').allInnerTexts()).toEqual(['https://acme.example.com/push']);
  await button('Change').click();
  const form = page.getByRole('dialog', { name: /^Settings: / });
  await form.getByLabel('At least').fill('8');
  await form.getByLabel('Within').fill('30m');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect(asked.at(-1)).toEqual({
    path: `/api/detection/rules/${PUSHES.id}/setting`,
    method: 'PUT',
    body: { enabled: true, level: null, bounds: { gte: 8 }, timespan: '30m', reason: null },
  });
  await button('Change').click();
  await form.getByRole('switch', { name: 'The rule is on' }).click();
  // Nobody switches a rule off without a reason.
  expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
});

test('what is written is tried on the log, a problem leads to its line, and nothing is lost by leaving', async () => {
  await go('/detection/files');
  await page.getByRole('link', { name: FILE.name }).click();
  const text = page.getByRole('textbox', { name: 'Rules and filters, in YAML' });
  await text.waitFor();
  expect(await text.inputValue()).toBe(FILE.content);
  await button('Line 12').click();
  const selected = await page.evaluate<string>(
    '(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)',
  );
  expect(selected).toBe('title|like: Broken');
  await text.fill(FILE.content.replace('medium', 'high'));
  await button('Try on the log').click();
  await page.getByText('48,213 events since', { exact: false }).waitFor();
  expect(asked.at(-1)).toMatchObject({ path: '/api/detection/dry-run', body: { days: 30 } });
  await page.getByRole('table', { name: 'Latest matches' }).getByText('ana.diaz@acme.example').waitFor();
  const lists = page.getByRole('navigation', { name: 'Parts of detection' }).getByRole('link', { name: 'Lists' });
  await lists.click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click();
  await button('Save').click();
  // Beside the text, where nothing covers it.
  await page.getByText('Saved. 1 rule works, 1 has an error; the file is in use.').waitFor();
  expect(await page.getByRole('alert').filter({ hasText: 'The file is saved.' }).count()).toBe(0);
  expect(asked.findLast(({ method }) => method === 'PUT')).toMatchObject({
    path: `/api/detection/rule-files/${FILE.id}`,
    body: { name: FILE.name, enabled: true },
  });
});

test('what is written is read after a pause: mistakes are said with their lines, and a question that is old is given up', async () => {
  const contents: unknown[] = [];
  const check = async (route: Route): Promise<void> => {
    const { content }: { readonly content: string } = route.request().postDataJSON();
    contents.push(content);
    // The first is never answered.
    if (content === 'title: One') return;
    await route.fulfill({
      json: {
        problems: [{ file: 'content', line: 1, ruleLine: 1, message: 'No detection.' }],
        notes: [{ file: 'content', line: 2, ruleLine: 1, message: 'Is another meant?' }],
        rules: 0,
        filters: 0,
      },
    });
  };
  await page.route('**/rule-files/check', check);
  await go(`/detection/files/${FILE.id}`);
  // Of what is stored, and used all the same.
  const notes = page.getByRole('list', { name: 'Notes' });
  await notes.getByText('our rules know no field "evenType"', { exact: false }).waitFor();
  const text = page.getByRole('textbox', { name: 'Rules and filters, in YAML' });
  const [first] = await Promise.all([page.waitForRequest('**/rule-files/check'), text.fill('title: One')]);
  const [failed] = await Promise.all([page.waitForEvent('requestfailed'), text.pressSequentially(' and two')]);
  expect(failed).toBe(first);
  await page.getByText('As it stands: nothing in it works: 1 has an error.').waitFor();
  await notes.getByText('Is another meant?').waitFor();
  await notes.getByRole('button', { name: 'Line 2' }).waitFor();
  expect(await notes.getByRole('listitem').count()).toBe(1);
  // All of it is in sight for whoever writes at the end of a screen that is 800 pixels high.
  for (const said of [page.getByText('No detection.'), button('Line 1'), page.getByText('As it stands:'), button('Save')]) {
    const { y = 0, height = 0 } = (await said.boundingBox()) ?? {};
    expect([y > 0, y + height < 720]).toEqual([true, true]);
  }
  // Until the next answer the last one stands.
  const [asking] = await Promise.all([
    page.waitForRequest('**/rule-files/check'),
    text.press('End').then(() => text.press('x')),
  ]);
  expect(asking.postDataJSON()).toEqual({ content: 'title: One and twox' });
  expect(await button('Line 1').count()).toBe(1);
  // Not a letter at a time.
  expect(contents).toEqual(['title: One', 'title: One and two', 'title: One and twox']);
  // Of what is stored the host has said it already.
  await text.fill(FILE.content);
  await page.getByText('As it stands:', { exact: false }).waitFor({ state: 'detached' });
  await page.unroute('**/rule-files/check', check);
});

test('where a filter is shown it is said that it excludes', async () => {
  const excludes = page.getByText('A filter excludes:', { exact: false });
  await go('/detection/files');
  await page.getByRole('link', { name: FILE.name }).waitFor();
  expect(await excludes.count()).toBe(0);
  stored = { ...FILE, filters: 1 };
  await go(`/detection/files/${FILE.id}`);
  await excludes.waitFor();
  const files = (route: Route): Promise<void> => route.fulfill({ json: { items: [{ ...FILE, filters: 2 }] } });
  await page.route('**/api/detection/rule-files', files);
  await go('/detection/files');
  await excludes.waitFor();
  await page.unroute('**/api/detection/rule-files', files);
});

test('a file that cannot be saved says why', async () => {
  await go('/detection/files/new');
  const why = async () => {
    const id = (await button('Save').getAttribute('aria-describedby')) ?? '';
    return [await button('Save').isDisabled(), await page.locator(`[id="${id}"]`).innerText()];
  };
  await page.getByText('To save it, give the file a name.').waitFor();
  expect(await why()).toEqual([true, 'To save it, give the file a name.']);
  await page.getByLabel('Name of the file').fill('own.yml');
  expect(await why()).toEqual([false, '']);
  await page.getByRole('textbox', { name: 'Rules and filters, in YAML' }).fill(' ');
  expect(await why()).toEqual([true, 'There is nothing to save: write a rule.']);
  await go(`/detection/files/${FILE.id}`);
  await page.getByText('Nothing has changed since it was saved.').waitFor();
  await page.getByLabel('Name of the file').fill('other.yml');
  expect(await why()).toEqual([false, '']);
  await page.getByLabel('Name of the file').fill(FILE.name);
});

test('a list is written a line each', async () => {
  await go('/detection/lists');
  await page.getByRole('region', { name: 'Own networks' }).getByText('2 entries').waitFor();
  await button('Add: Known bad addresses').click();
  const dialog = page.getByRole('dialog', { name: 'Known bad addresses: a new list' });
  await dialog.getByLabel('Name').fill('Of our own');
  await dialog.getByLabel('Entries').fill('198.51.100.23\n\n 203.0.113.0/24 ');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(asked.at(-1)).toEqual({
    path: '/api/detection/lists/threat/Of%20our%20own',
    method: 'PUT',
    body: { entries: ['198.51.100.23', '203.0.113.0/24'] },
  });
});

test('nobody is shut out while a page is read', async () => {
  const found: string[] = [];
  for (const path of [
    '/incidents',
    `/incidents/${JOURNEY.id}`,
    '/detection/rules',
    '/detection/files',
    '/findings',
    '/posture',
  ]) {
    let answerAll: () => void = () => undefined;
    const isTime = new Promise<void>((resolve) => (answerAll = resolve));
    const late = async (route: Route): Promise<void> => {
      await isTime;
      await route.fallback();
    };
    await page.route(/\/api\/(incidents|detection|findings|posture)\b/, late);
    await go(path);
    await page.getByRole('status', { name: 'Loading' }).first().waitFor();
    found.push(...(await barriers(page)).map((barrier) => `${path}: ${barrier}`));
    answerAll();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
    await page.unroute(/\/api\/(incidents|detection|findings|posture)\b/, late);
  }
  expect(found).toEqual([]);
});

test.each(LOOKS)(
  'nobody is shut out: %j and %j',
  async (...looks) => {
    const found: string[] = [];
    for (const [colorScheme, width] of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const [path, text] of [
        ['/incidents', JOURNEY.rule.title],
        [`/incidents/${JOURNEY.id}`, 'Berlin, Germany'],
        ['/findings/f-push', 'Why it was found'],
        ['/detection/rules', '6 rules: 5 are told, 1 is there'],
        [`/detection/rules/${PUSHES.id}`, 'As it was written'],
        ['/detection/coverage', 'Credential Access'],
        ['/detection/coverage?view=table', 'T1621 Multi-Factor'],
        ['/detection/files', FILE.name],
        [`/detection/files/${FILE.id}`, 'Try on the log'],
        ['/detection/lists', 'Offices'],
        ['/detection/suppressions', 'The penetration test of this month.'],
      ] as const) {
        await go(path);
        await page.getByText(text, { exact: false }).first().waitFor();
        found.push(...(await barriers(page)).map((barrier) => `${path} ${colorScheme} ${width}: ${barrier}`));
        const beside = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (beside > 0) found.push(`${path} is ${beside} pixels wider than ${width}`);
      }
    }
    expect(found).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
  },
  360_000,
);
