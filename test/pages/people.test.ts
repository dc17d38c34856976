import type { SessionView, UserView, WorkspaceView } from '@castellan/api';
import type { Page } from 'playwright-core';
import { barriers } from './accessibility.js';
import { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

const BO = { name: 'Bo Lindqvist', email: 'bo@acme.example', password: 'a phrase that nobody guesses' };
/** For who manages the workspace, in the order of the menu; what everybody sees stands in other tests. */
const MANAGING = ['Users and roles', 'API keys', 'Webhooks', 'Audit log', 'Workspaces'];

let house: House;
let api: Caller;

beforeAll(async () => {
  house = await House.open();
  api = await house.setUp();
});
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

/** The token of the dialog that is open, which then closes. */
async function takeInvitation(page: Page): Promise<string> {
  const token = await page.getByLabel('Invitation', { exact: true }).inputValue();
  expect(token.length).toBeGreaterThan(30);
  expect(page.url()).not.toContain(token);
  await page.getByText(`${house.url}/invitation`).waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(token);
  return token;
}

async function menuOf(page: Page): Promise<readonly string[]> {
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
  await links.first().waitFor();
  return (await links.allInnerTexts()).filter((text) => MANAGING.includes(text));
}

async function act(page: Page, user: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${user}` }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  await page.getByRole('dialog').waitFor();
}

async function changeRole(page: Page, role: string): Promise<void> {
  await act(page, BO.name, 'Change name or role');
  await page.getByRole('radio', { name: role }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function comeBack(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill(BO.email);
  await page.getByLabel('Password', { exact: true }).fill(BO.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

/** A page that the role may not see says so, and asks the host for nothing. */
async function isShut(page: Page, path: string): Promise<void> {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(house.url + path);
  await page.getByRole('alert').filter({ hasText: 'Not for your role' }).waitFor();
  expect(asked).not.toContain(`/api${path}`);
  page.removeAllListeners('request');
}

test('somebody is invited, comes in, and sees what each role may; a new role ends the sessions', async () => {
  const ada = await house.visitAs(ADMINISTRATOR, '/users');
  await ada.getByRole('row', { name: ADMINISTRATOR.name }).waitFor();
  expect(await barriers(ada)).toEqual([]);
  expect(await menuOf(ada)).toEqual(MANAGING);

  const invite = ada.getByRole('button', { name: 'Invite somebody' });
  await invite.click();
  await ada.getByLabel('Name').fill(BO.name);
  await ada.getByLabel('E-mail').fill(ADMINISTRATOR.email);
  await ada.getByRole('button', { name: 'Make the invitation' }).click();
  await ada.getByText('Somebody on this host has this e-mail address already').waitFor();
  expect(await ada.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
  await ada.getByLabel('E-mail').fill(BO.email);
  await ada.keyboard.press('Enter');
  await ada.getByText('shown only once').waitFor();
  // Nothing but "Done" takes it away.
  await ada.keyboard.press('Escape');
  expect(await barriers(ada)).toEqual([]);
  const token = await takeInvitation(ada);
  await ada.locator(':focus').filter({ hasText: 'Invite somebody' }).waitFor();
  await ada.getByRole('row', { name: BO.name }).getByText('Invited').waitFor();

  const bo = await house.visit('/invitation');
  await bo.getByLabel('Invitation', { exact: true }).fill(token);
  await bo.getByLabel('New password').fill(BO.password);
  await bo.keyboard.press('Enter');
  expect(await menuOf(bo)).toEqual([]);
  await isShut(bo, '/users');
  expect(await barriers(bo)).toEqual([]);
  await isShut(bo, '/webhooks');

  // Nobody else could administer the workspace: the refusal stands where it can be mended.
  await act(ada, ADMINISTRATOR.name, 'Change name or role');
  await ada.getByRole('radio', { name: 'Viewer' }).click();
  await ada.getByRole('button', { name: 'Save' }).click();
  await ada.getByRole('dialog').getByText('last administrator').waitFor();
  expect(await ada.getByRole('alert').count()).toBe(0);
  expect(await barriers(ada)).toEqual([]);
  await ada.keyboard.press('Escape');
  await ada.getByRole('dialog').waitFor({ state: 'detached' });

  await changeRole(ada, 'Analyst');
  await bo.reload();
  await bo.waitForURL('**/sign-in**');
  await comeBack(bo);
  expect(await menuOf(bo)).toEqual(['Users and roles']);
  await bo.goto(`${house.url}/users`);
  await bo.getByRole('row', { name: BO.name }).getByText('Analyst').waitFor();
  expect(await bo.getByRole('button', { name: /Invite|Actions/ }).count()).toBe(0);
  await isShut(bo, '/audit');

  await changeRole(ada, 'Administrator');
  await bo.reload();
  await bo.waitForURL('**/sign-in**');
  await comeBack(bo);
  expect(await menuOf(bo)).toEqual(MANAGING.filter((entry) => entry !== 'Workspaces'));
  await bo.goto(`${house.url}/users`);
  await bo.getByRole('row', { name: ADMINISTRATOR.name }).getByText('Only an operator changes an operator').waitFor();
  await isShut(bo, '/workspaces');
});

test('somebody is disabled, enabled, invited once more and removed; each says before what happens', async () => {
  const { items } = await api.get<{ items: readonly UserView[] }>('/users');
  const known = items.find(({ email }) => email === BO.email);
  const page = await house.visitAs(ADMINISTRATOR, '/users');
  const row = page.getByRole('row', { name: BO.name });
  const confirm = async (entry: string, said: RegExp): Promise<void> => {
    await act(page, BO.name, entry);
    await page.getByRole('dialog').getByText(said).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: entry }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  await confirm('Disable', /signed out everywhere at once/);
  await row.getByText('Disabled').waitFor();
  const bo = new Caller(house.url);
  expect((await bo.send('POST', '/session', { email: BO.email, password: BO.password })).status).toBe(401);
  await confirm('Enable', /can sign in again/);
  await row.getByText('Active').waitFor();
  await act(page, BO.name, 'Let set a new password');
  await page.getByRole('button', { name: 'Make the invitation' }).click();
  await page.getByText('shown only once').waitFor();
  const token = await takeInvitation(page);
  const { user } = await bo.post<SessionView>('/invitations/accept', { token, password: 'another phrase of this length' });
  expect(user?.id).toBe(known?.id);
  await confirm('Remove', /gone for good/);
  await row.waitFor({ state: 'detached' });
  expect((await bo.send('GET', '/session')).status).toBe(401);
});

test('my account: another session is ended, and a new password ends the others', async () => {
  const page = await house.visitAs(ADMINISTRATOR);
  await page.getByRole('button', { name: ADMINISTRATOR.name }).click();
  await page.getByRole('menuitem', { name: 'My account' }).click();
  await page.waitForURL('**/account');
  const sessions = page.getByRole('table', { name: 'Open sessions' });
  await sessions.getByText('this session').waitFor();
  expect(await barriers(page)).toEqual([]);
  // `api` is a session of Node, which has set the host up.
  await sessions.getByRole('row', { name: /^node/ }).getByRole('button', { name: 'End' }).click();
  await sessions.getByRole('row', { name: /^node/ }).waitFor({ state: 'detached' });
  expect((await api.send('GET', '/session')).status).toBe(401);

  const other = await house.visitAs(ADMINISTRATOR);
  await page.getByLabel('Current password', { exact: true }).fill('not the password');
  await page.getByLabel('New password', { exact: true }).fill('another phrase for the same door');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('This is not your password').waitFor();
  await page.getByLabel('Current password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.getByText('The password is changed').waitFor();
  await other.reload();
  await other.waitForURL('**/sign-in**');
  await page.reload();
  await sessions.getByText('this session').waitFor();
  const password = 'another phrase for the same door';
  await api.post('/session', { email: ADMINISTRATOR.email, password });
  await api.post('/session/password', { currentPassword: password, newPassword: ADMINISTRATOR.password });
});

test('an operator makes a workspace for a customer, invites its first administrator, and deletes it', async () => {
  const page = await house.visitAs(ADMINISTRATOR, '/workspaces');
  await page.getByRole('button', { name: 'Make a workspace' }).click();
  await page.getByLabel('Name').fill('Globex');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: 'Globex' }).waitFor();
  await act(page, 'Globex', 'Invite its first administrator');
  await page.getByLabel('Name').fill('Cy Okafor');
  await page.getByLabel('E-mail').fill('cy@globex.example');
  await page.keyboard.press('Enter');
  await page.getByText('shown only once').waitFor();
  const token = await takeInvitation(page);
  const cy = new Caller(house.url);
  const opened = await cy.post<SessionView>('/invitations/accept', { token, password: 'a phrase of the customer' });
  expect(opened).toMatchObject({ user: { role: 'administrator' }, workspace: { name: 'Globex' } });
  await act(page, 'Globex', 'Delete');
  const deletion = page.getByRole('dialog').getByRole('button', { name: 'Delete' });
  expect(await deletion.isDisabled()).toBe(true);
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Type “Globex” to go on').fill('Globex');
  await deletion.click();
  await page.getByRole('row', { name: 'Globex' }).waitFor({ state: 'detached' });
  expect((await cy.send('GET', '/session')).status).toBe(401);
  const { items } = await api.get<{ items: readonly WorkspaceView[] }>('/workspaces');
  expect(items.map(({ name }) => name)).toEqual(['Acme']);
});

test('in the dark and on a telephone nothing is in the way', async () => {
  const page = await house.visitAs(ADMINISTRATOR, '/', { colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/users', '/account', '/workspaces']) {
    await page.goto(house.url + path);
    await page.getByText(ADMINISTRATOR.name).or(page.getByText('yours')).first().waitFor({ state: 'attached' });
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
  }
});
