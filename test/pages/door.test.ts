import { barriers } from './accessibility.js';
import { ADMINISTRATOR, House } from './house.js';

let house: House;

beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

test('a new host is set up, and its administrator goes out and comes in again', async () => {
  const page = await house.visit('/');
  await page.waitForURL('**/set-up');
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Set-up token').fill('not the token');
  await page.getByLabel('Organisation').fill('Acme');
  await page.getByLabel('Your name').fill(ADMINISTRATOR.name);
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByText('This is not the token').waitFor();
  await page.getByLabel('Set-up token').fill(house.setupToken);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.waitForURL('**/integrations');
  await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
  expect(await barriers(page)).toEqual([]);

  await page.getByRole('button', { name: ADMINISTRATOR.name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/integrations');
});

test('a link to a page asks to sign in first, and then leads there', async () => {
  const page = await house.visit('/integrations?from=mail');
  await page.waitForURL('**/sign-in**');
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/integrations?from=mail');
});
