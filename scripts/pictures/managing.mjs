import { ADA } from './stage.mjs';

/** The pages of those who run a workspace. */
export async function managing(stage, album) {
  const { api } = stage;
  await api.call('POST', '/users', { email: 'bo@acme.example', name: 'Bo Lindqvist', role: 'analyst' });
  await api.call('POST', '/api-keys', { name: 'Nightly report', scopes: ['records:read'], expiresInDays: 30 });
  const webhook = await api.call('POST', '/webhooks', {
    url: 'https://127.0.0.1:9/castellan',
    description: 'To the ticket desk',
  });
  const page = await stage.visitAs(ADA, '/users');
  const pages = ['users', 'api-keys', 'webhooks', `webhooks/${webhook.id}`, 'audit', 'workspaces', 'account'];
  for (const path of pages) {
    await page.goto(`${stage.url}/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await album.take(page, path.replace(webhook.id, 'one').replace('/', '-'));
  }
  await mailDialog(stage, album, page);
  await page.context().close();
}

/** The host of the pictures has no mail server, and says so. */
async function mailDialog(stage, album, page) {
  await page.goto(`${stage.url}/webhooks`);
  await page.getByRole('button', { name: 'Set up a webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up a webhook' });
  await dialog.getByRole('radiogroup', { name: 'How it is told' }).getByText('Mail').click();
  await dialog.getByText('The host has no mail server').waitFor();
  await album.take(page, 'webhooks-mail');
}
