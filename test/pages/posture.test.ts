import { readFile } from 'node:fs/promises';
import type { AttackPaths, CheckView, IntegrationDetail, PostureOverview } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { barriers, LOOKS } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

const VIEWER = { email: 'vic@acme.example', password: 'quite another long phrase' };
/** Names several accounts of the simulated organisation. */
const CHECK = { id: 'administrator-without-second-factor', title: 'Administrator without a second factor' };
/** Has a limit in days. */
const UNUSED = { id: 'account-not-used', limit: 3_650 };

let house: House;
let simulator: Simulator;
let caller: Caller;
let database: pg.Client;
let integration: string;
let page: Page;

beforeAll(async () => {
  house = await House.open();
  simulator = await house.simulate({ users: 60, groups: 8, apps: 8, events: 60, seed: 7 });
  plantWay(simulator.org);
  caller = await house.setUp();
  database = new pg.Client(house.databaseUrl);
  await database.connect();
  page = await house.visitAs(ADMINISTRATOR);
}, 240_000);
afterAll(async () => {
  await database.end();
  await house.close();
});
afterEach(() => expect(house.violations()).toEqual([]));

/** Somebody without a role owns a group whose members can do everything. */
function plantWay(org: Simulator['org']): void {
  const { id } = org.addGroup({ name: 'Crew' });
  org.grantRole({ kind: 'group', id }, { type: 'SUPER_ADMIN', label: 'Super Administrator' });
  const administrators = new Set(org.roleAssignees());
  const owner = [...org.directory.users.values()].find((user) => user['status'] === 'ACTIVE' && !administrators.has(user.id));
  if (owner === undefined) throw new Error('Everybody has a role.');
  org.directory.addOwner(id, { id: owner.id, type: 'USER' });
}

const go = (path: string) => page.goto(house.url + path);
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const row = (text: string) => page.getByRole('table').getByRole('row').filter({ hasText: text });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const region = (name: string) => page.getByRole('region', { name, exact: true });
const checkPage = (id: string): string => `/posture/checks/${id}`;

async function count(where: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await database.query<{ readonly count: number }>(
    `SELECT count(*)::integer AS count FROM findings WHERE ${where}`,
    [...values],
  );
  return rows[0]?.count ?? 0;
}
/** Until no look is asked for or under way. */
async function hasNewActivity(): Promise<boolean> {
  const { rows } = await database.query('SELECT 1 FROM detection_inbox LIMIT 1');
  return rows.length > 0;
}

async function allLooked(): Promise<void> {
  while ((await caller.get<PostureOverview>('/posture/overview')).pending > 0 || (await hasNewActivity()))
    await page.waitForTimeout(100);
}
const open = (rule: string): Promise<number> => count(`rule = $1 AND status IN ('open', 'acknowledged')`, [rule]);
const excepted = (): Promise<number> => count(`status = 'excepted'`);

/** Chooses what a filter narrows to. */
async function choose(filter: string, option: string): Promise<void> {
  await page.getByRole('search').getByLabel(filter, { exact: true }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** The names of those who are listed, in their order. */
const named = (): Promise<readonly string[]> =>
  page
    .getByRole('checkbox', { name: /^Select (?!all)/ })
    .evaluateAll((boxes) => boxes.map((box) => (box as { ariaLabel?: string | null }).ariaLabel ?? '')); // as the browser has them

test('before anything is connected the page says so, and once it was read it shows by itself what was found', async () => {
  await go('/posture');
  await page.getByText('Nothing is connected yet').waitFor();
  expect(await barriers(page)).toEqual([]);
  await go('/findings');
  await page.getByText('Nothing to work through').waitFor();
  await go('/posture');
  const { config } = simulator;
  ({ id: integration } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Okta', config }));
  await region('Score').waitFor({ timeout: 90_000 });
  // Each check is kept when it has answered: what is compared below is of a look that is over.
  await allLooked();
  expect(await open(CHECK.id)).toBeGreaterThan(1);
});

test('the numbers of the overview are those of the findings, and each leads to them', async () => {
  await go('/posture');
  const { rows } = await database.query<{ readonly severity: number; readonly count: number }>(
    `SELECT severity, count(*)::integer AS count FROM findings WHERE source = 'posture' AND status IN ('open', 'acknowledged') GROUP BY severity`,
  );
  const table = page.getByRole('table', { name: 'Findings to be worked through, by severity' });
  await table.waitFor();
  for (const [index, word] of ['Informational', 'Low', 'Medium', 'High', 'Critical'].entries()) {
    const found = rows.find(({ severity }) => severity === index + 1)?.count ?? 0;
    expect(await table.getByRole('row').filter({ hasText: word }).innerText()).toMatch(new RegExp(`\\b${found}\\s*$`));
  }
  const critical = await count(`source = 'posture' AND severity = 5 AND status = 'open'`);
  await table.getByRole('link', { name: 'Critical' }).click();
  await page.getByText(`${critical} findings open, 0 acknowledged, 0 excepted.`).waitFor();
  expect((await named()).filter((name) => name !== '')).toHaveLength(critical);
});

test('from an area to a check to a finding that is excepted: it is counted as such, until that is taken back', async () => {
  const before = await open(CHECK.id);
  await go('/posture');
  await page
    .getByRole('table', { name: 'Areas, worst first' })
    .getByRole('link', { name: 'Administrators', exact: true })
    .click();
  expect(new URL(page.url()).searchParams.get('area')).toBe('administrators');
  await row(CHECK.title)
    .getByText(new RegExp(`^${before} of \\d+ administrators$`))
    .waitFor();
  await page.getByRole('link', { name: CHECK.title, exact: true }).click();
  await heading(CHECK.title).waitFor();
  const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ });
  await boxes.first().waitFor();
  // Namesakes have a row each.
  const names = await named();
  const somebody = names.find((name) => name !== '' && names.indexOf(name) === names.lastIndexOf(name)) ?? '';
  await page.getByRole('checkbox', { name: somebody, exact: true }).click();
  await button('Except …').click();
  const dialog = page.getByRole('dialog', { name: 'Make an exception' });
  // Nobody excepts anything without a reason.
  expect(await dialog.getByRole('button', { name: 'Except', exact: true }).isDisabled()).toBe(true);
  await dialog.getByLabel('Reason').fill('The key is ordered.');
  await dialog.getByRole('button', { name: 'Except', exact: true }).click();
  await page.getByText('1 finding is excepted.').waitFor();
  expect([await open(CHECK.id), await excepted()]).toEqual([before - 1, 1]);
  await region('Result')
    .getByText(new RegExp(`^${before - 1} of \\d+ administrators, 1 excepted$`))
    .waitFor();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Posture', exact: true }).click();
  await region('Score').getByRole('link', { name: '1 finding excepted' }).click();
  await page.getByText('until').and(page.getByText('The key is ordered.')).waitFor();
  await page.getByRole('link', { name: CHECK.title, exact: true }).click();
  // What to do stands with the finding itself.
  await region('Why it matters')
    .getByText(
      'Whoever learns or guesses the password of this account has its rights: a phishing mail, a password that leaked elsewhere, or a call to the help desk is enough.',
    )
    .waitFor();
  await region('How to mend it').getByText('Ask the owner on another channel whether the account is in use.').waitFor();
  await button('End exception').click();
  await page.getByRole('list', { name: 'History' }).getByText('The exception has ended.').waitFor();
  await page
    .getByRole('list', { name: 'History' })
    .getByText(/^Excepted until .*: The key is ordered\.$/)
    .waitFor();
  expect([await open(CHECK.id), await excepted()]).toEqual([before, 0]);
});

test('a finding is acknowledged, assigned and commented on, and its history says by whom', async () => {
  await go(`/findings?rule=${CHECK.id}`);
  await page.getByRole('link', { name: CHECK.title, exact: true }).first().click();
  await button('Acknowledge').click();
  await button('Assign to me').click();
  const history = page.getByRole('list', { name: 'History' });
  await history.getByText(`Assigned to ${ADMINISTRATOR.name}.`).waitFor();
  await page.getByLabel('Comment').fill('She was told.');
  await button('Comment').click();
  await history.getByText('She was told.').waitFor();
  expect(await history.getByText(ADMINISTRATOR.name).count()).toBeGreaterThan(2);
  const { pathname } = new URL(page.url());
  const id = pathname.split('/').at(-1);
  expect(await count(`id = $1 AND status = 'acknowledged' AND owner_id IS NOT NULL`, [id])).toBe(1);
  await go('/findings?owner=me');
  await page.getByText('0 findings open, 1 acknowledged, 0 excepted.').waitFor();
  await go(pathname);
  await button('Take back acknowledgement').click();
  await history.getByText('Acknowledgement taken back.').waitFor();
});

test('what is chosen stands in the address, and an address shows what it says', async () => {
  const { items } = await caller.get<{ readonly items: readonly CheckView[] }>('/posture/checks');
  const shown = items.filter(({ area, status }) => area === 'groups' && status === 'passed');
  await go('/posture/checks?area=groups&status=passed');
  await page.getByText(`${shown.length} of ${items.length} checks.`).waitFor();
  const links = page.getByRole('table', { name: 'Checks' }).getByRole('link');
  expect(await links.allInnerTexts()).toEqual(shown.map(({ title }) => title));
  await go('/posture/checks');
  await page.getByRole('searchbox', { name: 'Search checks' }).fill('second factor');
  await page.waitForURL((url) => url.searchParams.get('q') === 'second factor');
  const told = items.map(({ title, why, ...one }) => ({ ...one, title, text: JSON.stringify([title, why, one.frameworks]) }));
  const wordy = told.filter(({ text }) => /second/i.test(text) && /factor/i.test(text));
  await choose('Severity', 'Critical');
  await page.waitForURL((url) => url.searchParams.get('severity') === 'critical');
  expect(await links.allInnerTexts()).toEqual(
    wordy.filter(({ severity, worst }) => (worst ?? severity) === 'critical').map(({ title }) => title),
  );
  // By its number, and by what people call it.
  for (const [words, id] of [
    ['AC-2(3)', UNUSED.id],
    ['mfa', CHECK.id],
    ['dormant', UNUSED.id],
  ] as const) {
    await go(`/posture/checks?q=${encodeURIComponent(words)}`);
    await page.locator(`a[href*="/posture/checks/${id}"]`).waitFor();
  }
  await go('/findings');
  await choose('Severity', 'Low');
  await page.waitForURL((url) => url.search === '?severity=low');
  const low = await count(`severity = 2 AND status = 'open'`);
  await page.getByText(`${low} findings open, 0 acknowledged, 0 excepted.`).waitFor();
  await go('/findings?severity=low&status=excepted');
  await page.getByText('No finding matches').waitFor();
});

test('a file has all that is listed', async () => {
  await go(`/findings?rule=${CHECK.id}`);
  await button('Export').click();
  const link = page.getByRole('dialog', { name: 'Export' }).getByRole('link', { name: 'JSON Lines', exact: true });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(await open(CHECK.id));
});

test('an unknown check says why, and where to go', async () => {
  const { items } = await caller.get<{ readonly items: readonly CheckView[] }>('/posture/checks?status=unknown');
  const check = items.find(({ results }) => results.some(({ reasons }) => reasons.some(({ code }) => code === 'switched_off')));
  const message = check?.results[0]?.reasons[0]?.message ?? 'none is unknown';
  await go('/posture/checks?status=unknown');
  await row(check?.title ?? '')
    .getByText(message, { exact: false })
    .waitFor();
  await go(checkPage(check?.id ?? ''));
  await region('Result').getByText(message).waitFor();
  await page.getByRole('link', { name: 'Open the settings of the integration' }).first().click();
  // The dialog is open at the field that was named.
  const dialog = page.getByRole('dialog', { name: /^Settings of / });
  const field = dialog.getByRole('switch', { name: 'Policies and security settings' });
  await field.waitFor();
  expect(message).toContain('switch on "Policies and security settings" in the part "More data"');
  expect(await field.and(page.locator(':focus')).count()).toBe(1);
});

test('what would make most checks known stands above them, with how many', async () => {
  const { causes } = await caller.get<PostureOverview>('/posture/overview');
  const [first] = causes;
  const { items } = await caller.get<{ readonly items: readonly CheckView[] }>('/posture/checks?status=unknown');
  const only = items.filter(({ results }) =>
    results.every(({ reasons }) => reasons.every(({ setting }) => setting === 'posture')),
  );
  expect([first?.setting, first?.alone]).toEqual(['posture', only.length]);
  for (const path of ['/posture', '/posture/checks?status=unknown']) {
    await go(path);
    await region('What would make unknown checks known')
      .getByText(`Then ${only.length} checks become known`, { exact: false })
      .waitFor();
  }
});

test('a control is led to from a check, and found by its number', async () => {
  await go(checkPage(CHECK.id));
  await page.getByRole('link', { name: 'STIG OKTA-APP-000560' }).click();
  await page.waitForURL(`${house.url}/posture/frameworks?framework=stig#OKTA-APP-000560`);
  await page.locator('tr[data-asked="true"]').getByText('OKTA-APP-000560').waitFor();
  await page.getByRole('searchbox', { name: 'Search controls' }).fill('000090');
  await row('OKTA-APP-000090').getByText('The limit here is 90 days, the control asks for 35.').first().waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  expect(await readFile(await download.path(), 'utf8')).toContain('OKTA-APP-000090');
});

test('an address that asks for what there is not says so', async () => {
  await go('/findings?severity=awful');
  await page.getByText('There is no severity "awful"').waitFor();
  await go('/posture/checks?status=sleepy');
  await page.getByText('There is no status "sleepy"').waitFor();
});

test('a limit is changed and a check switched off, and the next look goes by it', async () => {
  const settings = page.getByRole('dialog', { name: /^Settings: / });
  await go(checkPage(UNUSED.id));
  expect(await open(UNUSED.id)).toBeGreaterThan(0);
  await button('Change').click();
  const days = settings.getByRole('textbox').first();
  // What cannot be is said, and not saved as something else.
  for (const wrong of ['-5', '99999', '']) {
    await days.fill(wrong);
    await settings.getByText('Must be a whole number, 1 to 3,650 days.').waitFor();
    expect(await settings.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  }
  await days.fill(String(UNUSED.limit));
  await settings.getByRole('button', { name: 'Save' }).click();
  await region('Settings').getByText('3,650 days').waitFor();
  await region('Result').getByText('Passed').waitFor({ timeout: 60_000 });
  expect(await open(UNUSED.id)).toBe(0);
  await button('Change').click();
  await settings.getByRole('switch', { name: 'The check is on' }).click();
  expect(await settings.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await settings.getByText('without a reason a check cannot be switched off', { exact: false }).waitFor();
  const reason = settings.getByLabel('Reason');
  await reason.fill('Another tool looks after it.');
  await settings.getByRole('button', { name: 'Save' }).click();
  await region('Settings').getByText('The check is switched off. Another tool looks after it.').waitFor();
  // Why it was off is no reason for its being on.
  await button('Change').click();
  await settings.getByRole('switch', { name: 'The check is on' }).click();
  expect(await reason.inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await go('/posture/checks?status=off');
  await row('Switched off').waitFor();
});

test('a look that is asked for is shown when it was made', async () => {
  await go('/posture');
  await region('Score').waitFor();
  await allLooked();
  await database.query(`UPDATE posture_evaluations SET evaluated_at = evaluated_at - interval '3 hours'`);
  await page.reload();
  await page.getByText('as of 3 hr ago').waitFor();
  await button('Look again').click();
  await page.getByText('as of just now').waitFor({ timeout: 60_000 });
});

test('the page of a person has what checks say of them', async () => {
  const { rows } = await database.query<{ readonly key: string; readonly count: number }>(
    `SELECT subject_key AS key, count(*)::integer AS count FROM findings WHERE subject_kind = 'account' AND subject_key IN
       (SELECT subject_key FROM findings WHERE rule = $1) GROUP BY 1 LIMIT 1`,
    [CHECK.id],
  );
  const [{ key, count: many } = { key: '', count: 0 }] = rows;
  await go(`/access/${integration}/account/${key}`);
  await page.getByRole('navigation', { name: 'Parts of this page' }).getByRole('link', { name: 'Findings' }).click();
  await row(CHECK.title).waitFor();
  expect(await page.getByRole('checkbox', { name: /^Select (?!all)/ }).count()).toBe(many);
});

test('the report has every check, on paper nothing else, and its file is behind a link', async () => {
  const { items } = await caller.get<{ readonly items: readonly CheckView[] }>('/posture/checks');
  await go('/posture/report');
  const report = page.getByRole('article', { name: 'Report' });
  await report.getByText(/^Score: \d+ of 100$/).waitFor();
  await report.getByText(/^The score is of the \d+ checks that can say something, out of \d+\.$/).waitFor();
  // What is worst by name, as many as one reads; and how many there are.
  const { open: worst } = await caller.get<PostureOverview>('/posture/overview');
  await report.getByText(`Critical and high findings: ${worst.critical} and ${worst.high}`).waitFor();
  const byName = report.getByRole('table', { name: 'Critical and high findings' }).locator('tbody tr');
  await byName.first().waitFor();
  expect(await byName.count()).toBe(Math.min(25, worst.critical + worst.high));
  await report.getByRole('table', { name: 'Frameworks', exact: true }).waitFor();
  await report.getByText('What would make unknown checks known').waitFor();
  expect(
    (await report.locator('tbody th').allInnerTexts()).filter((text) => items.some(({ title }) => title === text)),
  ).toHaveLength(items.length);
  const link = page.getByRole('link', { name: 'CSV' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const file = await readFile(await download.path(), 'utf8');
  for (const { id } of items) expect(file).toContain(id);
  // White, whatever the screen is.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  expect([await link.isVisible(), await page.getByRole('navigation').first().isVisible()]).toEqual([false, false]);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
});

test('who may only see is offered nothing to press', async () => {
  await caller.admit({ ...VIEWER, name: 'Vic', role: 'viewer' });
  const other = await house.visitAs(VIEWER, checkPage(CHECK.id));
  await other.getByRole('table', { name: 'Findings' }).waitFor();
  expect(await other.getByRole('checkbox').count()).toBe(0);
  expect(await other.getByRole('button', { name: 'Change' }).count()).toBe(0);
  await other
    .getByRole('link', { name: /^History of / })
    .first()
    .click();
  await other.getByRole('list', { name: 'History' }).waitFor();
  for (const name of ['Acknowledge', 'Except …', 'Comment'])
    expect(await other.getByRole('button', { name, exact: true }).count()).toBe(0);
  await other.goto(`${house.url}/posture`);
  await other.getByRole('region', { name: 'Score', exact: true }).waitFor();
  expect(await other.getByRole('button', { name: 'Look again' }).count()).toBe(0);
  await other.close();
});

/** Findings of a rule of their own, which only SQL takes away again. */
async function seed(rule: string, many: number, source = 'posture'): Promise<void> {
  await database.query(
    `INSERT INTO findings (workspace_id, integration_id, source, rule, subject_kind, subject_key, fingerprint, severity, status, evidence)
     SELECT workspace_id, id, $2, $3, 'account', $3 || n, sha256(convert_to($3 || n, 'UTF8')), 3, 'open', '{"login": "somebody"}'
     FROM integrations, generate_series(1, $4::integer) n WHERE id = $1 ON CONFLICT DO NOTHING`,
    [integration, source, rule, many],
  );
}

test('all that match are changed at once, also those that are not shown, and the number is said before', async () => {
  const rule = 'rule-of-many';
  const acknowledged = () => count(`rule = $1 AND status = 'acknowledged'`, [rule]);
  const seen: string[] = [];
  await seed(rule, 1_100);
  await go(`/findings?rule=${rule}`);
  await page.getByRole('checkbox', { name: 'Select all shown' }).click();
  await page.getByRole('button', { name: 'Select all 1,100 that match' }).click();
  await page.getByText('All 1,100 findings that match are selected.').waitFor();
  await page.getByRole('group', { name: 'Actions for all that match' }).getByRole('button', { name: 'Acknowledge' }).click();
  const dialog = page.getByRole('dialog', { name: 'Acknowledge: 1,100 findings' });
  await dialog.getByText('1,100 findings of this list will be acknowledged, also those that are not shown.').waitFor();
  seen.push(...(await barriers(page)));
  expect(await acknowledged()).toBe(0);
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await page.getByText('1,100 findings are acknowledged.').waitFor();
  expect(await acknowledged()).toBe(1_100);
  // What is selected afterwards is nothing, until somebody selects it.
  await page.getByRole('checkbox', { name: 'Select all shown' }).waitFor();
  // Those of another rule were not meant.
  expect(await count(`rule <> $1 AND status = 'acknowledged'`, [rule])).toBe(0);
  await seed(rule, 10_100);
  await go(`/findings?rule=${rule}`);
  await page.getByRole('checkbox', { name: 'Select all shown' }).click();
  await page.getByRole('button', { name: 'Select all 10,100 that match' }).click();
  await button('Comment …').click();
  const comment = page.getByRole('dialog', { name: 'Comment on 10,100 findings' });
  await comment.getByRole('alert').getByText('10,100 findings are too many for one change: 10,000').waitFor();
  await comment.getByLabel('Comment').fill('To all.');
  expect(await comment.getByRole('button', { name: 'Comment' }).isDisabled()).toBe(true);
  seen.push(...(await barriers(page)));
  await page.keyboard.press('Escape');
  await database.query('DELETE FROM findings WHERE rule = $1', [rule]);
  expect(seen).toEqual([]);
});

test('findings are given to anybody of the workspace', async () => {
  await go(`/findings?rule=${CHECK.id}`);
  await page.getByRole('link', { name: CHECK.title, exact: true }).first().click();
  await button('Assign …').click();
  const dialog = page.getByRole('dialog', { name: 'Assign 1 finding' });
  await dialog
    .getByRole('combobox', { name: 'Owner' })
    .or(dialog.getByLabel('Owner', { exact: true }))
    .first()
    .click();
  await page.getByRole('option', { name: `Vic (${VIEWER.email})` }).click();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('list', { name: 'History' }).getByText('Assigned to Vic.').waitFor();
  expect(await count(`owner_id = (SELECT id FROM users WHERE email = $1)`, [VIEWER.email])).toBe(1);
  await button('Take owner away').click();
  await page.getByRole('list', { name: 'History' }).getByText('Owner taken away.').waitFor();
});

test('what no check has found leads to no page of a check', async () => {
  const rule = 'rule-over-activity';
  await seed(rule, 1, 'detection');
  const { rows } = await database.query<{ readonly id: string }>('SELECT id FROM findings WHERE rule = $1', [rule]);
  const links = page.getByRole('main').locator('a[href^="/posture/checks/"]');
  await go(`/findings/${rows[0]?.id}`);
  await page.getByRole('list', { name: 'History' }).waitFor();
  await page.getByText(rule, { exact: true }).waitFor();
  expect(await links.count()).toBe(0);
  const own = await database.query<{ readonly id: string }>('SELECT id FROM findings WHERE rule = $1 LIMIT 1', [CHECK.id]);
  await go(`/findings/${own.rows[0]?.id}`);
  await page.getByRole('list', { name: 'History' }).waitFor();
  expect(await links.count()).toBe(1);
  await database.query('DELETE FROM findings WHERE rule = $1', [rule]);
});

test('each area has its trend beside its score, and says it to who does not see it', async () => {
  await database.query(
    `INSERT INTO posture_scores (integration_id, day, area, weight, lost) VALUES ($1, (now() AT TIME ZONE 'UTC')::date - 2, 'administrators', 40, 10)
     ON CONFLICT DO NOTHING`,
    [integration],
  );
  const { areas } = await caller.get<PostureOverview>('/posture/overview');
  const now = Math.floor(areas.find(({ area }) => area === 'administrators')?.score ?? -1);
  for (const [path, table] of [
    ['/posture', 'Areas, worst first'],
    ['/posture/report', 'Areas'],
  ] as const) {
    await go(path);
    const trends = page.getByRole('table', { name: table, exact: true }).getByRole('img');
    await trends.first().waitFor();
    // Of the others there is one day.
    expect(await trends.count()).toBe(1);
    expect(await trends.getAttribute('aria-label')).toMatch(new RegExp(`^Score of Administrators: 75 on .*, ${now} on .*\\.$`));
  }
});

test('ways to tier zero: how many, what cuts them off, the way of each, drawn and as a table', async () => {
  const answer = await caller.get<AttackPaths>(`/integrations/${integration}/posture/paths`);
  const { total, items, chokePoints, fixes, tierZeroMembers } = answer;
  expect(total).toBeGreaterThan(0);
  await go('/posture/paths');
  await heading('Ways to tier zero').waitFor();
  await page.getByRole('table', { name: 'Steps that cut most ways' }).waitFor();
  const rowsOf = (name: string) => page.getByRole('table', { name, exact: true }).locator('tbody tr');
  expect(await rowsOf('Steps that cut most ways').count()).toBe(chokePoints.length);
  expect(await rowsOf('Ways to tier zero').count()).toBe(items.length);
  const [first] = items;
  expect(await rowsOf('Ways to tier zero').first().innerText()).toContain(first?.from.label);
  const members = page.getByRole('group', { name: 'Members of tier zero' });
  expect(await members.getByRole('link').count()).toBe(tierZeroMembers.length);
  expect(tierZeroMembers.length).toBeGreaterThan(0);
  // Where it begins there is a way out: what closes the step, and the finding.
  const [point] = chokePoints;
  const fix = fixes.find(({ kind }) => kind === point?.step.kind);
  expect(await rowsOf('Steps that cut most ways').first().innerText()).toContain(fix?.fix);
  expect(fix?.console.length).toBeGreaterThan(0);
  const found = items.filter(({ finding }) => finding !== null);
  expect(found.length).toBeGreaterThan(0);
  expect(
    await rowsOf('Ways to tier zero')
      .getByRole('link', { name: /^Finding about / })
      .count(),
  ).toBe(found.length);
  await rowsOf('Ways to tier zero').first().getByText('How to close it').first().click();
  await rowsOf('Ways to tier zero')
    .first()
    .getByText(fixes.find(({ kind }) => kind === first?.steps[0]?.kind)?.fix ?? '')
    .first()
    .waitFor();
  await page.getByText(/^Only a shortest way of each starting point is shown/).waitFor();
  await page.getByRole('radiogroup', { name: 'Shown as' }).getByText('Graph').click();
  await page.getByRole('figure', { name: /starting points reach tier zero/ }).waitFor();
  expect(page.url()).toContain('view=graph');
  await page.goBack();
  await rowsOf('Ways to tier zero').first().waitFor();
  await page.getByText(/^as of /).waitFor();
});

test('a finding of a way says its steps by names, as the page of ways does', async () => {
  const { rows } = await database.query<{ readonly id: string; readonly start: string; readonly steps: number }>(
    `SELECT id, CASE rule WHEN 'account-with-a-way-to-tier-zero' THEN 'account:' WHEN 'program-with-a-way-to-tier-zero' THEN 'client:'
       ELSE 'application:' END || subject_key AS start, jsonb_array_length(evidence -> 'steps') AS steps FROM findings
     WHERE rule LIKE '%-with-a-way-to-tier-zero' AND status = 'open' ORDER BY 3 DESC LIMIT 1`,
  );
  const [{ id, start, steps } = { id: '', start: '', steps: 0 }] = rows;
  expect(steps).toBeGreaterThan(0);
  const { items } = await caller.get<AttackPaths>(`/integrations/${integration}/posture/paths?from=${start}`);
  await go(`/findings/${id}`);
  const shown = page.locator('dl > div').filter({ has: page.getByText('Steps', { exact: true }) });
  await shown.waitFor();
  const said = await shown.locator('dd').allInnerTexts();
  expect([said.length, items[0]?.steps.length]).toEqual([steps, steps]);
  for (const [index, { from, to }] of (items[0]?.steps ?? []).entries()) {
    expect(said[index]).toMatch(/ (can|owns|is in|is sent|decides|puts) /);
    expect(said[index]).toContain(from.label);
    expect(said[index]).toContain(to?.label);
    expect(said[index]).not.toContain(from.key);
  }
});

test('ways are read anew after a look, where the page stays open', async () => {
  await go('/posture/paths');
  await page.getByRole('table', { name: 'Ways to tier zero', exact: true }).waitFor();
  const asked = page.waitForRequest((request) => new URL(request.url()).pathname.endsWith('/posture/paths'), {
    timeout: 60_000,
  });
  await caller.post(`/integrations/${integration}/posture/look`);
  await asked;
});

/** Every page; of checks and findings some of each kind. */
async function everyPage(): Promise<readonly string[]> {
  const { rows } = await database.query<{ readonly id: string; readonly key: string }>(
    `SELECT id, subject_key AS key FROM findings WHERE rule = $1 LIMIT 1`,
    [CHECK.id],
  );
  const [{ id, key } = { id: '', key: '' }] = rows;
  return [
    '/posture',
    '/posture/checks?area=administrators',
    '/posture/checks?q=nothing+is+called+so',
    '/posture/checks?status=unknown&severity=awful',
    checkPage(CHECK.id),
    checkPage(UNUSED.id),
    '/posture/frameworks?framework=soc2',
    '/posture/report',
    '/posture/paths',
    `/findings?rule=${CHECK.id}`,
    '/findings?status=excepted',
    `/findings/${id}`,
    `/access/${integration}/account/${key}?tab=findings`,
  ];
}

/** The frame takes a moment to follow. */
async function setWidth(width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  // What is wider than the screen stays so: then it is said which page it is.
  const until = Date.now() + 10_000;
  while ((await page.evaluate('document.documentElement.scrollWidth')) !== width) {
    if (Date.now() > until) throw new Error(`${page.url()} is wider than ${width} pixels.`);
    await page.waitForTimeout(50);
  }
}

test('every page is for everybody, by day and by night, on a screen and on a telephone', async () => {
  const seen: string[] = [];
  for (const [place, path] of (await everyPage()).entries()) {
    await go(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByLabel('Loading').first().waitFor({ state: 'detached' });
    for (const [colorScheme, width] of LOOKS[place % 2] ?? []) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await setWidth(width);
      seen.push(...(await barriers(page)).map((one) => `${path} ${colorScheme} ${width} ${one}`));
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
    await setWidth(1280);
  }
  expect(seen).toEqual([]);
}, 480_000);

test('dialogs and what is selected are for everybody, too', async () => {
  await go(checkPage(CHECK.id));
  await page.getByRole('checkbox', { name: 'Select all shown' }).click();
  const seen = [...(await barriers(page))];
  for (const name of ['Except …', 'Assign …', 'Comment …', 'Change']) {
    await button(name).click();
    await page.getByRole('dialog').waitFor();
    seen.push(...(await barriers(page)));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  expect(seen).toEqual([]);
});

test('on a telephone no list scrolls sideways, and nothing in it is cut', async () => {
  await setWidth(360);
  const seen: string[] = [];
  for (const path of await everyPage()) {
    await go(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByLabel('Loading').first().waitFor({ state: 'detached' });
    const wide = await page.evaluate(`[...document.querySelectorAll('main table, main table *, main :has(> table)')]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => getComputedStyle(element).overflowX !== 'visible' && element.closest('thead') === null)
      .map((element) => element.textContent.slice(0, 60))`);
    seen.push(...(wide as readonly string[]).map((text) => `${path} ${text}`)); // as the line above makes it
  }
  await setWidth(1280);
  expect(seen).toEqual([]);
});
