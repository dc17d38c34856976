import { ADA } from './stage.mjs';

/** Set-up, and the ways in. */
export async function door(stage, album) {
  const page = await stage.visit('/');
  await page.getByRole('heading', { name: 'Set up Castellan' }).waitFor();
  await album.take(page, 'set-up');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByText('Must be').first().waitFor();
  await album.take(page, 'set-up-wrong');
  await stage.api.call('POST', '/set-up', { token: stage.setupToken, workspace: 'Acme', ...ADA });
  await page.goto(`${stage.url}/sign-in`);
  await page.getByLabel('E-mail').fill(ADA.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await album.take(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await album.take(page, 'sign-in-refused');
  await page.goto(`${stage.url}/invitation`);
  await album.take(page, 'invitation');
  await page.goto(`${stage.url}/there-is-none`);
  await album.take(page, 'unknown-page');
  await page.context().close();
}
