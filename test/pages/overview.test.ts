import type { AccessOverview, IntegrationDetail } from '@castellan/api';
import type { Locator, Page } from 'playwright-core';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

let house: House;
let page: Page;
let caller: Caller;

beforeAll(async () => {
  house = await House.open();
  const { config } = await house.simulate({ users: 60, groups: 8, apps: 4, events: 300, seed: 7 });
  caller = await house.setUp();
  const { id } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Okta', config });
  for (let isRead = false; !isRead; ) {
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    const { lastRun } = await caller.get<IntegrationDetail>(`/integrations/${id}`);
    isRead = lastRun?.state === 'complete';
  }
  page = await house.visitAs(ADMINISTRATOR);
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

interface Shown {
  readonly name: string;
  readonly count: number;
  readonly href: string;
}

const COUNT = /[\d,]+/;
const numberIn = (text: string | null | undefined): number => Number(text?.match(COUNT)?.[0]?.replaceAll(',', ''));

/** The lines of a table whose numbers are drawn: a link, and its number in the last column. */
async function lines(label: string): Promise<readonly Shown[]> {
  const rows = await page
    .getByRole('table', { name: label, exact: true })
    .locator('tbody tr')
    .filter({ has: page.getByRole('link') })
    .all();
  return Promise.all(
    rows.map(async (row) => ({
      ...(await linked(row.getByRole('link'))),
      count: numberIn(await row.getByRole('cell').last().textContent()),
    })),
  );
}

/** A link that says its number itself. */
async function linked(link: Locator): Promise<Shown> {
  const name = (await link.textContent()) ?? '';
  return { name, count: numberIn(name), href: (await link.getAttribute('href')) ?? '' };
}

/** What the list behind a link says of how many rows it has. */
async function totalBehind(href: string): Promise<number> {
  await page.goto(house.url + href);
  const isFiltered = href.includes('filter=');
  const said = page.getByText(
    href.startsWith('/records/')
      ? isFiltered
        ? /^[\d,]+ \S.*, [\d,]+ (match|matches)$/
        : /^[\d,]+ accounts$/
      : /^[\d,]+ (person|people|groups?|programs?)\b.*\./,
  );
  const text = await said.first().textContent();
  return isFiltered ? numberIn(text?.split(', ').at(-1)) : numberIn(text);
}

test('each number of the overview leads to a list of so many rows', async () => {
  await page.goto(`${house.url}/overview`);
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.getByRole('table', { name: 'Accounts by role' }).waitFor();
  const whole = await Promise.all(
    [/^[\d,]+ accounts?$/, /account.* with a role$/, /group.* with a role$/, /program.* with a role$/].map((name) =>
      linked(page.getByRole('main').getByRole('link', { name })),
    ),
  );
  const numbers = [
    ...whole,
    ...(await lines('Accounts by status')),
    ...(await lines('Active accounts by their strongest authenticator')),
    ...(await lines('Accounts by role')),
  ];
  await page.getByRole('radiogroup', { name: 'Sign-ins by day: shown as' }).getByText('Table').click();
  const days = (await lines('Sign-ins by day')).filter(({ count }) => count > 0).slice(0, 5);
  // An organisation in which nothing could differ would prove nothing.
  expect(new Set(whole.map(({ count }) => count)).size).toBe(4);
  expect(whole.every(({ count }) => count > 0)).toBe(true);
  expect(numbers.length).toBeGreaterThan(10);
  expect(days.length).toBeGreaterThan(2);
  const behind: Shown[] = [];
  for (const one of [...numbers, ...days]) behind.push({ ...one, count: await totalBehind(one.href) });
  expect(behind).toEqual([...numbers, ...days]);
});

test('days before the log began are not days without a sign-in', async () => {
  const { coverage, signIns } = await caller.get<AccessOverview>('/access/overview');
  const begun = coverage?.since.slice(0, 10) ?? '';
  const unseen = signIns.filter(({ day }) => day < begun).length;
  expect(unseen).toBeGreaterThan(0);
  expect(unseen).toBeLessThan(signIns.length);
  await page.goto(`${house.url}/overview`);
  const chart = page.getByRole('figure', { name: /^Sign-ins by day: .* nobody has observed/ });
  await chart.getByText(/not observed before \d+ \w+/).waitFor();
  const [hatched, whole] = await Promise.all(
    ['rect[data-unseen]', 'svg'].map(async (part) => (await chart.locator(part).boundingBox())?.width ?? 0),
  );
  expect((hatched ?? 0) / (whole ?? 1)).toBeCloseTo(unseen / signIns.length, 2);
  await page.getByRole('radiogroup', { name: 'Sign-ins by day: shown as' }).getByText('Table').click();
  const rows = page.getByRole('table', { name: 'Sign-ins by day', exact: true }).locator('tbody tr');
  await rows.last().getByText('not observed').waitFor();
  expect(await rows.filter({ hasText: 'not observed' }).count()).toBe(1);
});

test('administrators stay when more of them cannot be had, and what failed is said below them', async () => {
  const LIST = /api\/access\/administrators\?/;
  await page.route(LIST, async (route) => {
    if (route.request().url().includes('cursor='))
      return route.fulfill({ status: 500, contentType: 'application/problem+json', json: { title: 'Internal error' } });
    // As if there were more than a page of them.
    const response = await route.fetch();
    const list = (await response.json()) as object;
    return route.fulfill({ response, json: { ...list, next: 'more' } });
  });
  await page.goto(`${house.url}/access/administrators`);
  const rows = page.getByRole('table', { name: 'People with a role' }).getByRole('row');
  await rows.nth(1).waitFor();
  const before = await rows.allTextContents();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(1);
  expect(await rows.allTextContents()).toEqual(before);
  // What is being answered is answered first: an answer that comes to a way that is gone fails the test after this one.
  await page.unrouteAll({ behavior: 'wait' });
});

test('administrators are told whose they are where a workspace has several integrations, whichever have come so far', async () => {
  const told = async () => {
    await page.goto(`${house.url}/access/administrators`);
    const first = page.getByRole('table', { name: 'People with a role' }).locator('tbody tr').first();
    const [row, status] = await Promise.all(
      [first, page.getByRole('status').filter({ hasText: 'with a role' })].map((one) => one.textContent()),
    );
    return { isNamed: row?.includes('Okta'), sinceWhen: status?.includes('Use is known since') };
  };
  expect(await told()).toEqual({ isNamed: false, sinceWhen: true });
  const LIST = /api\/integrations$/;
  await page.route(LIST, async (route) => {
    const response = await route.fetch();
    const { items, ...rest } = (await response.json()) as { readonly items: readonly object[] };
    return route.fulfill({ response, json: { ...rest, items: [...items, { ...items[0], id: 'another', name: 'Another' }] } });
  });
  expect(await told()).toEqual({ isNamed: true, sinceWhen: false });
  await page.unrouteAll({ behavior: 'wait' });
});
