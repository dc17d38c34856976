import type { DetectionListView, RuleFileView, RulesView, SuppressionView } from '@castellan/api';
import type { Page } from 'playwright-core';
import { barriers } from './accessibility.js';
import { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

let house: House;
let caller: Caller;
let page: Page;

beforeAll(async () => {
  house = await House.open();
  caller = await house.setUp();
  page = await house.visitAs(ADMINISTRATOR);
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const go = (path: string) => page.goto(house.url + path);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const rules = () => caller.get<RulesView>('/detection/rules');

test('the catalogue has the rules of the host, and the coverage their techniques', async () => {
  const { items } = await rules();
  await go('/detection/rules');
  const told = items.filter(({ isTold }) => isTold).length;
  await page
    .getByText(
      `${items.length} rules: ${told} are told, ${items.length - told} are there for other rules. Hits are of the last 30 days.`,
    )
    .waitFor();
  await go('/detection/coverage?view=table');
  await page.getByRole('table', { name: 'Techniques' }).waitFor();
  const named = new Set(items.flatMap(({ techniques }) => techniques.map(({ id }) => id)));
  expect(await page.getByRole('table', { name: 'Techniques' }).locator('tbody tr').count()).toBe(named.size);
});

test('the catalogue is searched in what rules ask, and says where it has looked', async () => {
  const { items } = await rules();
  const shown = page.getByRole('table', { name: 'Detection rules' });
  await go('/detection/rules');
  await shown.waitFor();
  // An event that no title and no description names.
  const event = 'user.session.access_admin_app';
  expect(items.some(({ title, description }) => `${title} ${description}`.includes(event))).toBe(false);
  await page.getByRole('searchbox', { name: 'Search rules' }).fill(event);
  await shown.getByRole('link').first().waitFor();
  const found = await shown.locator('tbody tr').count();
  expect([found > 0, found < items.length / 2]).toEqual([true, true]);
  await page.getByRole('searchbox').fill('nothing.says.that');
  await page.getByText('No rule matches').waitFor();
  await page.getByText('and the fields and values that rules ask for', { exact: false }).waitFor();
});

test('a rule is switched off with a reason, and reset', async () => {
  const { items } = await rules();
  const [first] = items;
  if (first === undefined) throw new Error('The host has rules.');
  await go(`/detection/rules/${encodeURIComponent(first.id)}`);
  await button('Change').click();
  const form = page.getByRole('dialog', { name: /^Settings: / });
  await form.getByRole('switch', { name: 'The rule is on' }).click();
  await form.getByLabel('Reason').fill('Another tool looks after it.');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The rule is switched off. Another tool looks after it.').waitFor();
  expect((await rules()).items.find(({ id }) => id === first.id)?.enabled).toBe(false);
  await button('Reset …').click();
  await page.getByRole('dialog', { name: 'Reset the rule' }).getByRole('button', { name: 'Reset' }).click();
  await page.getByText('It is as it says itself.').waitFor();
  expect((await rules()).items.find(({ id }) => id === first.id)?.setting).toBeNull();
});

test('a file of rules is written, its problem told at its line, and its rule is in the catalogue', async () => {
  await go('/detection/files/new');
  await page.getByLabel('Name of the file').fill('own.yml');
  const text = page.getByRole('textbox', { name: 'Rules and filters, in YAML' });
  const lines = (modifier: string): string =>
    `title: A token was made\nlogsource:\n  product: acme\ndetection:\n  made:\n    eventType${modifier}: acme.token.create\n  condition: made\nlevel: medium\n`;
  // What a new file begins with runs as it is.
  await button('Try on the log').click();
  await page.getByText('Somebody was given an administrator role', { exact: true }).waitFor();
  expect(await page.getByRole('list', { name: 'Problems' }).count()).toBe(0);
  await text.fill(lines('|like'));
  await button('Try on the log').click();
  await page
    .getByRole('list', { name: 'Problems' })
    .getByRole('button', { name: /^Line \d+$/ })
    .first()
    .waitFor();
  await text.fill(`${lines('|contains')}---\n${lines('|contains')}`);
  await button('Try on the log').click();
  await page.getByText('"A token was made" is "A token was made" already (own.yml, line 1).').waitFor();
  await text.fill(lines('|contains'));
  await button('Try on the log').click();
  await page.getByText('0 hits').waitFor();
  await button('Save').click();
  await page.waitForURL(/\/detection\/files\/[0-9a-f-]{36}$/);
  await page.getByText('Saved. 1 rule works; the file is not in use.').waitFor();
  await text.fill(`${lines('|contains')}---\n${lines('|like')}`);
  await page.getByText('As it was saved: 1 rule works; the file is not in use.').waitFor();
  // What is written meanwhile is neither saved with it nor lost.
  await button('Switch it on').click();
  await page.getByText('As it was saved: 1 rule works; the file is in use.').waitFor();
  await page.getByRole('switch', { name: 'In use', checked: true }).waitFor();
  await button('Save').click();
  await page.getByText('Saved. 1 rule works, 1 has an error; the file is in use.').waitFor();
  await text.fill(lines('|contains'));
  await button('Save').click();
  await page.getByText('Saved. 1 rule works; the file is in use.').waitFor();
  const { items } = await caller.get<{ readonly items: readonly RuleFileView[] }>('/detection/rule-files');
  expect(items).toMatchObject([{ name: 'own.yml', enabled: true, rules: 1, problems: [] }]);
  await go('/detection/rules?source=own.yml');
  await page.getByRole('link', { name: 'A token was made' }).waitFor();
});

test('what is odd about a text, and what its filter means, stand there also once it was tried', async () => {
  await go('/detection/files/new');
  await page.getByLabel('Name of the file').fill('odd.yml');
  const rule =
    'title: Odd\nname: odd\nstatus: finished\nlogsource: { product: acme }\ndetection: { s: { eventType: acme.odd }, condition: s }\n';
  const filter =
    'title: Not ours\nlogsource: { product: acme }\nfilter: { rules: [odd], s: { eventType: acme.ours }, condition: s }\n';
  await page.getByRole('textbox', { name: 'Rules and filters, in YAML' }).fill(`${rule}---\n${filter}`);
  const notes = page.getByRole('list', { name: 'Notes' }).getByRole('button', { name: 'Line 3' });
  const meaning = page.getByText('A filter excludes', { exact: false });
  await notes.waitFor();
  await meaning.waitFor();
  await button('Try on the log').click();
  await page.getByText('0 hits').waitFor();
  expect([await notes.count(), await meaning.count()]).toEqual([1, 1]);
});

test('what is wrong in a list is told at its line, and what is right is kept', async () => {
  await go('/detection/lists');
  await button('Add: Own networks').click();
  const dialog = page.getByRole('dialog', { name: 'Own networks: a new list' });
  await dialog.getByLabel('Name').fill('Offices');
  await dialog.getByLabel('Entries').fill('192.0.2.0/24\nthe house next door');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/^Line 2: /).waitFor();
  await dialog.getByLabel('Entries').fill('192.0.2.0/24');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { items } = await caller.get<{ readonly items: readonly DetectionListView[] }>('/detection/lists');
  expect(items).toMatchObject([{ kind: 'own_network', name: 'Offices', entries: ['192.0.2.0/24'] }]);
});

test('a rule is suppressed for somebody until a day, and that is ended', async () => {
  const stored = async () =>
    (await caller.get<{ readonly items: readonly SuppressionView[] }>('/detection/suppressions')).items;
  await go('/detection/suppressions?dialog=new&subject=00u1');
  const form = page.getByRole('dialog', { name: 'Suppress for a while' });
  await form.getByLabel('Reason').fill('She tries out the rules.');
  await form.getByRole('button', { name: 'Suppress', exact: true }).click();
  await page.getByRole('table', { name: 'Suppressions' }).getByText('00u1').waitFor();
  expect(await stored()).toMatchObject([{ rule: null, subject: '00u1', reason: 'She tries out the rules.' }]);
  await button('End: any rule, 00u1').click();
  await page.getByRole('dialog', { name: 'End the suppression' }).getByRole('button', { name: 'End it' }).click();
  await page.getByText('Nothing is suppressed').waitFor();
  expect(await stored()).toEqual([]);
});

test('whoever wants mail is told beforehand that this host can send none', async () => {
  await go('/webhooks');
  await button('Set up a webhook').click();
  const dialog = page.getByRole('dialog', { name: 'Set up a webhook' });
  const setUp = dialog.getByRole('button', { name: 'Set up', exact: true });
  // How bad it must be is part of what it is told of, in sight before the long list of types.
  const told = dialog.getByRole('group', { name: 'What it is told of' });
  const severity = told.getByRole('combobox', { name: 'How bad findings and incidents must be' });
  const [severityAt, typesAt] = await Promise.all([
    severity.boundingBox(),
    told.getByRole('checkbox', { name: 'finding.opened' }).boundingBox(),
  ]);
  expect(severityAt?.y).toBeLessThan(typesAt?.y ?? 0);
  expect(severityAt?.y).toBeLessThan(700);
  expect(await dialog.getByText('The host has no mail server').count()).toBe(0);
  expect(await setUp.isEnabled()).toBe(true);
  await dialog.getByRole('radiogroup', { name: 'How it is told' }).getByText('Mail').click();
  await dialog.getByText('The host has no mail server').waitFor();
  await dialog.getByText('CASTELLAN_SMTP_URL', { exact: false }).waitFor();
  await dialog.getByLabel('Receivers').fill('ana@acme.example');
  expect(await setUp.isDisabled()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});
