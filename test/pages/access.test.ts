import { readFile } from 'node:fs/promises';
import { type AccessReview, type IntegrationDetail, type Page as PageOf, REVIEW_CHECKS } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { barriers, LOOKS } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

const VIEWER = { email: 'vic@acme.example', password: 'quite another long phrase' };
/** Since when the lists of the organisation are complete, and since when Engineering has AWS, in days before now. */
const COMPLETE = 30;
const GIVEN = 3;

let house: House;
let simulator: Simulator;
let caller: Caller;
let database: pg.Client;
let integration: string;
let page: Page;
const keys: Record<'ana' | 'engineering' | 'aws' | 'ledger', string> = { ana: '', engineering: '', aws: '', ledger: '' };

beforeAll(async () => {
  house = await House.open();
  simulator = await house.simulate({ users: 24, groups: 3, apps: 2, events: 60, seed: 7 });
  caller = await house.setUp();
  const { org } = simulator;
  keys.ana = org.addUser({ firstName: 'Ana', lastName: 'Sousa', login: 'ana.sousa@acme.example' }).id;
  keys.engineering = org.addGroup({ name: 'Engineering' }).id;
  keys.aws = org.addApp({ label: 'AWS' }).id;
  keys.ledger = org.addApp({ label: 'Ledger' }).id;
  org.addRule('dept=eng', 'user.department == "eng"', [keys.engineering]);
  org.addMember(keys.engineering, keys.ana, 'rule');
  org.assignGroup(keys.aws, keys.engineering);
  org.assignUser(keys.ledger, keys.ana);
  org.signIn(keys.ana, keys.ledger);
  const { config } = simulator;
  ({ id: integration } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Okta', config }));
  await read();
  database = new pg.Client(house.databaseUrl);
  await database.connect();
  await age();
  page = await house.visitAs(ADMINISTRATOR);
}, 240_000);
afterAll(async () => {
  await database.end();
  await house.close();
});
afterEach(() => expect(house.violations()).toEqual([]));

/** Waits until the first run has ended well. */
async function read(): Promise<void> {
  for (;;) {
    const { lastRun } = await caller.get<IntegrationDetail>(`/integrations/${integration}`);
    if (lastRun?.state === 'complete') return;
    if (lastRun?.finishedAt !== null) throw new Error(`the run has ended as ${lastRun?.state}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

/** What was read just now was read a month ago, but for what Engineering was given. */
async function age(): Promise<void> {
  for (const table of ['accounts', 'groups', 'applications', 'memberships', 'app_assignments', 'role_assignments', 'roles'])
    await database.query(`UPDATE ${table} SET present_since = now() - interval '${COMPLETE + 10} days'`);
  await database.query(`UPDATE stream_state SET first_complete_at = now() - interval '${COMPLETE} days'`);
  await database.query(
    `UPDATE app_assignments SET present_since = now() - interval '${GIVEN} days' WHERE application = $1 AND principal = $2`,
    [keys.aws, keys.engineering],
  );
  // What the provider shows of the same on Ana herself is as young.
  await database.query(
    `UPDATE app_assignments SET present_since = now() - interval '${GIVEN} days' WHERE application = $1 AND principal = $2`,
    [keys.aws, keys.ana],
  );
}

const at = (kind: string, key: string, query = ''): string =>
  `/access/${integration}/${kind}/${encodeURIComponent(key)}${query}`;
const go = (path: string) => page.goto(house.url + path);
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const box = () => page.getByRole('combobox', { name: 'Who or what is it about?' });
const tab = (name: string) =>
  page.getByRole('navigation', { name: 'Parts of this page' }).getByRole('link', { name, exact: true });
const row = (text: string) => page.getByRole('table').getByRole('row').filter({ hasText: text });
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

/** Whether anything is on a canvas: one of nothing has one colour. */
const isDrawn = () =>
  page.evaluate(`[...document.querySelectorAll('[role=img] canvas')].some((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 10;
  })`);

test('who has collected something lands on its numbers, and each leads to the list behind it', async () => {
  await go('/');
  await heading('Overview').waitFor();
  const { rows } = await database.query<{ readonly status: string; readonly count: string }>(
    'SELECT status, count(*) AS count FROM accounts WHERE removed_at IS NULL GROUP BY status',
  );
  const table = page.getByRole('table', { name: 'Accounts by status' });
  await table.waitFor();
  const shown = await table
    .locator('tbody tr')
    .evaluateAll((lines) => lines.map((line) => (line as { innerText?: string }).innerText ?? ''));
  expect(shown.map((line) => Number(line.match(/\d+\s*$/)?.[0])).toSorted()).toEqual(
    rows.map(({ count }) => Number(count)).toSorted(),
  );
  await table.getByRole('link', { name: 'Active', exact: true }).click();
  await page.getByText('Status: Active', { exact: true }).waitFor();
  const active = rows.find(({ status }) => status === 'active')?.count;
  await page.getByText(new RegExp(`, ${active} match`)).waitFor();
});

test('a name is found by keyboard, and its chains lead from one page to the next', async () => {
  await go('/access');
  await box().fill('sousa');
  await page.getByRole('option', { name: /Ana Sousa/ }).waitFor();
  await page.keyboard.press('Enter');
  await heading('Ana Sousa').waitFor();
  expect(new URL(page.url()).pathname).toBe(at('account', keys.ana));
  const aws = row('AWS');
  await aws.getByText('(rule: dept=eng)').waitFor();
  // Three days ago is after the lists were complete: then it is known since when.
  await aws.getByText(/^since \d+ \w+( \d+)?$/).waitFor();
  await row('Ledger')
    .getByText(/^since before /)
    .waitFor();
  await row('Ledger').getByText('just now').waitFor();
  await aws.getByText('Not used', { exact: true }).waitFor();
  // Said once, and not in each row.
  expect(await page.getByText(/\(as far back as the log goes\); “not used” means not since then/).count()).toBe(1);

  await aws.getByRole('link', { name: /Engineering/ }).click();
  await heading('Engineering').waitFor();
  await row('Ana Sousa').waitFor();
  await row('Ana Sousa').getByRole('button', { name: 'Actions for Ana Sousa' }).click();
  await page.getByRole('menuitem', { name: 'What would be lost' }).click();
  const lost = page.getByRole('dialog', { name: 'What would be lost' }).getByRole('region', { name: 'Applications' });
  await lost.getByRole('link', { name: /AWS/ }).waitFor();
  expect(await lost.getByRole('link', { name: /Ledger/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await tab('What it gives').click();
  await row('AWS').getByRole('link', { name: 'AWS' }).first().click();
  await heading('AWS').waitFor();
  await row('Ana Sousa').getByRole('button', { name: 'Why: Ana Sousa' }).click();
  const why = page.getByRole('dialog', { name: 'Why' });
  await why.getByText(/Ana Sousa reaches AWS in one way/).waitFor();
  await why.getByText(/The rule “dept=eng” may have put them there/).waitFor();
  // The dialog is part of the address.
  expect(new URL(page.url()).searchParams.get('why')).toBe(`account:${keys.ana}`);
});

test('the search box and the address say the same, whichever of them was changed', async () => {
  const asked = () => new URL(page.url()).searchParams.get('q');
  await go('/access?q=sousa');
  await page.getByRole('option', { name: /Ana Sousa/ }).waitFor();
  await box().fill('engin');
  await page.getByRole('option', { name: /Engineering/ }).waitFor();
  expect([await box().inputValue(), asked()]).toEqual(['engin', 'engin']);
  await page.getByRole('navigation').getByRole('link', { name: 'Access explorer' }).click();
  await page.waitForURL((url) => url.search === '');
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
  expect(await box().inputValue()).toBe('');
  await page.goBack();
  await page.getByRole('option', { name: /Engineering/ }).waitFor();
  expect([await box().inputValue(), asked()]).toEqual(['engin', 'engin']);
  await page.goForward();
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
  expect([await box().inputValue(), asked()]).toEqual(['', null]);
  // Faster than the address follows: no letter is lost.
  await box().pressSequentially('ana sousa', { delay: 70 });
  await page.waitForURL((url) => url.searchParams.get('q') === 'ana sousa');
  expect(await box().inputValue()).toBe('ana sousa');
});

test('a day of the past has its own answer, and says so', async () => {
  await go(at('account', keys.ana));
  await row('AWS').waitFor();
  const [year = '', month = '', date = ''] = day(GIVEN + 2).split('-');
  await page.getByLabel('As of (a day before today; empty: now)').focus();
  await page.keyboard.type(`${month}${date}${year}`);
  await page.getByText(/^As of \d+ \w+ \d{4}$/).waitFor();
  await row('Ledger').waitFor();
  await row('AWS').waitFor({ state: 'detached' });
  const use = page.getByLabel('Use', { exact: true }).first();
  expect(await use.isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await row('AWS').waitFor();
  await page.getByText(/^As of \d+ \w+ \d{4}$/).waitFor({ state: 'detached' });
  expect(await use.isDisabled()).toBe(false);
  // Before the lists were complete nobody can say, and the page does not pretend to.
  await go(at('account', keys.ana, `?at=${day(COMPLETE + 20)}T00:00:00.000Z`));
  await page.getByText('Nobody had looked then').waitFor();
  expect(await row('Ledger').count()).toBe(0);
});

test('what was gained in the last week is told with its way', async () => {
  await go(at('account', keys.ana, '?tab=changes'));
  const gained = page.getByRole('list', { name: 'Gained and lost' }).getByRole('listitem').filter({ hasText: 'Gained' });
  await gained.getByRole('link', { name: /AWS/ }).waitFor();
  expect(await gained.getByRole('link', { name: /Ledger/ }).count()).toBe(0);
});

test('the graph is drawn without breaking the policy, and its table says the same', async () => {
  await go(at('account', keys.ana, '?tab=graph'));
  const lines = page.getByRole('table', { name: 'Connections' });
  await lines.getByRole('row').filter({ hasText: 'Engineering' }).filter({ hasText: 'AWS' }).waitFor();
  await page.getByRole('radiogroup', { name: 'Shown as' }).getByText('Graph').click();
  const picture = page.getByRole('img', { name: /^Around Ana Sousa: .*connections/ });
  await picture.locator('canvas').first().waitFor();
  while (!(await isDrawn())) await page.waitForTimeout(50);
  expect(await barriers(page)).toEqual([]);
  await page.reload();
  await picture.waitFor();
  await page.getByRole('radiogroup', { name: 'Shown as' }).getByText('Table').click();
  await lines.waitFor();
});

test('the graph is of the day that is asked about, and a box of it leads to its page', async () => {
  const past = encodeURIComponent(`${day(GIVEN + 1)}T00:00:00.000Z`);
  await go(at('account', keys.ana, `?tab=graph&at=${past}`));
  await page.getByText(/^As of \d+ \w+ \d{4}$/).waitFor();
  const lines = page.getByRole('table', { name: 'Connections' }).getByRole('row');
  await lines.filter({ hasText: 'Ledger' }).waitFor();
  expect(await lines.filter({ hasText: 'AWS' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await lines.filter({ hasText: 'AWS' }).first().waitFor();
  await go(at('account', keys.ana, `?tab=graph&view=graph&at=${past}`));
  const picture = page.getByRole('img', { name: /^Around Ana Sousa/ });
  await picture.locator('canvas').first().waitFor();
  while (!(await isDrawn())) await page.waitForTimeout(50);
  // Two columns, in the middle of the picture: the second one is what she has, and its middle is a box of three.
  const { width, height } = (await picture.boundingBox()) ?? { width: 0, height: 0 };
  await picture.click({ position: { x: width / 2 + 150, y: height / 2 } });
  await page.waitForURL((url) => !url.pathname.includes('/account/'));
  // The next one is asked about for the same day, and drawn as well.
  const { searchParams } = new URL(page.url());
  expect([searchParams.get('at'), searchParams.get('view')]).toEqual([decodeURIComponent(past), 'graph']);
});

test('an application that is switched off is reached, and wherever it is listed it is said that nobody can open it', async () => {
  const switchTo = (status: string) =>
    database.query('UPDATE applications SET status = $2 WHERE key = $1', [keys.ledger, status]);
  // As a count after the next sync would have it.
  const counts = `INSERT INTO access_counts VALUES ($1, $2, 1, NULL, '{}', '{}') ON CONFLICT (integration_id, application) DO UPDATE SET last_at = NULL, last_days = '{}', last_accounts = '{}'`;
  await database.query(counts, [integration, keys.ledger]);
  const off = 'Inactive: nobody can open it';
  await switchTo('inactive');
  for (const path of [at('account', keys.ana), '/access/unused']) {
    await go(path);
    await row('Ledger').getByText(off).waitFor();
    expect(await page.getByText(off).count()).toBe(1);
  }
  await go(at('application', keys.ledger));
  await page.getByText(off).waitFor();
  // It counts all the same: it may be switched on again.
  await row('Ana Sousa').waitFor();
  await switchTo('active');
  await page.reload();
  await row('Ana Sousa').waitFor();
  expect(await page.getByText('nobody can open it').count()).toBe(0);
});

test('an export has the rows that the database has', async () => {
  await go(at('application', keys.aws));
  await row('Ana Sousa').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const link = page.getByRole('dialog', { name: 'Export' }).getByRole('link', { name: 'JSON Lines' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^who-reaches-aws-\d{4}-\d\d-\d\d\.jsonl$/);
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
  // As the API says: a line is an object with the row's node.
  const found = lines.map((line) => (JSON.parse(line) as { readonly node: { readonly key: string } }).node.key);
  const { rows } = await database.query<{ readonly key: string }>(
    `SELECT a.key FROM accounts a WHERE a.removed_at IS NULL AND (
       EXISTS (SELECT 1 FROM app_assignments e WHERE e.application = $1 AND e.principal = a.key AND e.removed_at IS NULL)
       OR EXISTS (SELECT 1 FROM memberships m JOIN app_assignments e ON e.principal = m."group" AND e.application = $1
                  WHERE m.member = a.key AND m.removed_at IS NULL AND e.removed_at IS NULL))`,
    [keys.aws],
  );
  expect(found.toSorted()).toEqual(rows.map(({ key }) => key).toSorted());
  await page
    .getByText(`${rows.length === 1 ? '1 person' : `${rows.length} people`}.`, { exact: false })
    .first()
    .waitFor();
});

test('a question that was kept is asked anew by somebody else', async () => {
  await go(at('account', keys.ana, '?unused=90'));
  await row('AWS').waitFor();
  expect(await row('Ledger').count()).toBe(0);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByLabel('Name').fill('What Ana does not use');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('is kept in the access explorer', { exact: false }).waitFor();
  await caller.admit({ ...VIEWER, name: 'Vic', role: 'viewer' });
  const other = await house.visitAs(VIEWER, '/access');
  await other.getByRole('link', { name: 'What Ana does not use' }).click();
  await other.getByRole('heading', { level: 1, name: 'Ana Sousa' }).waitFor();
  const rows = other.getByRole('table').getByRole('row');
  await rows.filter({ hasText: 'AWS' }).waitFor();
  expect(await rows.filter({ hasText: 'Ledger' }).count()).toBe(0);
  await other.close();
  await go('/access');
  const kept = page.getByRole('link', { name: 'What Ana does not use' });
  const forget = page.getByRole('button', { name: 'Remove “What Ana does not use”' });
  await forget.click();
  await page.getByRole('dialog').getByText('for everybody in the workspace', { exact: false }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await kept.waitFor();
  await forget.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await kept.waitFor({ state: 'detached' });
});

test('a review is signed, and its digest is that of the file that was saved', async () => {
  await go(at('application', keys.aws, '?tab=reviews'));
  await page.getByRole('button', { name: 'Sign off a review' }).click();
  // Ana, by Engineering; she has signed in to the other application alone.
  await page.getByRole('dialog').getByText('1 person can reach it now. They were not seen to use it since').waitFor();
  await page.getByLabel('Note').fill('Looked through.');
  const button = page.getByRole('button', { name: 'Sign, and save the file' });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  await page.getByText('The review of 1 person is signed.').waitFor();
  expect(download.suggestedFilename()).toMatch(/^access-review-of-.*-\d{4}-\d\d-\d\d\.csv$/);
  const file = await readFile(await download.path());
  const end = file.subarray(0, -1).lastIndexOf('\n') + 1;
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', file.subarray(0, end))).toString('hex');
  const { items } = await caller.get<PageOf<AccessReview>>(
    `/integrations/${integration}/access/reviews?application=${keys.aws}`,
  );
  expect(items.map(({ sha256, note }) => [sha256, note])).toEqual([[digest, 'Looked through.']]);
  await row(ADMINISTRATOR.name).filter({ hasText: digest }).waitFor();
  await page.getByText('How to verify a file').click();
  await page.getByText(REVIEW_CHECKS.Linux).waitFor();
});

/** Every page and part; of roles and programs some that are held, and hold. */
async function everyPage(): Promise<readonly string[]> {
  const { rows } = await database.query<{ readonly role: string; readonly client: string }>(
    `SELECT min(role) FILTER (WHERE principal_kind = 'account') AS role, min(principal) FILTER (WHERE principal_kind = 'client') AS client
     FROM role_assignments WHERE removed_at IS NULL`,
  );
  const { role = '', client = '' } = rows[0] ?? {};
  return [
    '/overview',
    '/access',
    '/access?q=a',
    '/access/unused',
    '/access/unused?tab=administrators',
    ...['', '?show=group', '?show=client'].map((query) => `/access/administrators${query}`),
    '/access/changes',
    ...['', '?show=group', '?show=role', '?tab=use', '?tab=sign-in', '?tab=activity', '?tab=changes', '?tab=graph'].map(
      (query) => at('account', keys.ana, query),
    ),
    ...['', '?show=group', '?tab=suggestions', '?tab=reviews', '?tab=graph&view=graph'].map((query) =>
      at('application', keys.aws, query),
    ),
    ...['', '?tab=gives', '?tab=rules'].map((query) => at('group', keys.engineering, query)),
    ...['', '?show=group', '?show=client', '?tab=graph'].map((query) => at('role', role, query)),
    ...['', '?tab=use', '?tab=graph'].map((query) => at('client', client, query)),
  ];
}

async function show(path: string): Promise<void> {
  await go(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByLabel('Loading').first().waitFor({ state: 'detached' });
}

/** The frame takes a moment to follow. */
async function setWidth(width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  while ((await page.evaluate('document.documentElement.scrollWidth')) !== width) await page.waitForTimeout(50);
}

test('every page is for everybody, by day and by night, on a screen and on a telephone', async () => {
  const seen: string[] = [];
  for (const [place, path] of (await everyPage()).entries()) {
    await show(path);
    for (const [colorScheme, width] of LOOKS[place % 2] ?? []) {
      await page.emulateMedia({ colorScheme });
      await setWidth(width);
      seen.push(...(await barriers(page)).map((one) => `${path} ${colorScheme} ${width} ${one}`));
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await setWidth(1280);
  }
  expect(seen).toEqual([]);
}, 480_000);

/** Lists that another page of the house has as well, and scrolls. */
const SCROLLING = ['?tab=suggestions', '?tab=reviews'];

test('on a telephone no list of access scrolls sideways, and nothing in it is cut', async () => {
  await setWidth(360);
  const seen: string[] = [];
  for (const path of (await everyPage()).filter((one) => !SCROLLING.some((part) => one.endsWith(part)))) {
    await show(path);
    const wide = await page.evaluate(`[...document.querySelectorAll('main table, main table *, main :has(> table)')]
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => getComputedStyle(element).overflowX !== 'visible' && element.closest('thead') === null)
      .map((element) => element.textContent.slice(0, 60))`);
    seen.push(...(wide as readonly string[]).map((text) => `${path} ${text}`)); // as the line above makes it
  }
  await setWidth(1280);
  expect(seen).toEqual([]);
});
