import { ADA } from './stage.mjs';

/** From nothing to an integration that is read for the first time. */
export async function connecting(stage, album) {
  const simulator = await stage.simulate({ users: 640, groups: 42, apps: 26, events: 900, seed: 20 });
  stage.simulator = simulator;
  const page = await stage.visitAs(ADA, '/integrations');
  await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
  await album.take(page, 'integrations-empty');
  await page.goto(`${stage.url}/integrations/add`);
  await page.getByRole('link', { name: /^Okta/ }).waitFor();
  await album.take(page, 'catalogue');
  await page.goto(`${stage.url}/integrations/add/okta`);
  const dialog = page.getByRole('dialog', { name: 'Connect Okta' });
  const field = (label) => dialog.getByLabel(new RegExp(`^${label}( \\*)?$`));
  const button = (name) => dialog.getByRole('button', { name, exact: true });
  await field('Client ID').waitFor();
  await album.take(page, 'connect');
  await field('Okta domain').fill(simulator.url);
  await field('Client ID').fill(simulator.credentials.clientSecret.clientId);
  await album.take(page, 'connect-field', { readme: true });
  await field('Client secret').fill('not the secret');
  await button('Test connection').click();
  await dialog.getByRole('region', { name: 'Result of the test' }).waitFor();
  await album.take(page, 'connect-refused');
  await field('Client secret').fill(simulator.credentials.clientSecret.clientSecret);
  await album.take(page, 'connect-stale-report');
  await button('Test connection').click();
  await dialog.getByText('Everything can be read.').first().waitFor();
  await album.take(page, 'connect-good');
  await dialog.getByRole('radio', { name: /^Private key/ }).check();
  await button('Make a key pair').click();
  await dialog.getByText('"kty"').first().waitFor();
  await album.take(page, 'connect-key-pair');
  await dialog.getByRole('radio', { name: /^Token/ }).check();
  await album.take(page, 'connect-token');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: /Discard/ }).waitFor();
  await album.take(page, 'connect-discard');
  await page.context().close();
}
