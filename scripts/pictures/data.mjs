import { ADA } from './stage.mjs';

const KINDS = ['account', 'group', 'application', 'role', 'identity_provider', 'activity'];

/** Tables of what was collected, and one record. */
export async function data(stage, album) {
  const page = await stage.visitAs(ADA, '/records');
  await page.waitForLoadState('networkidle');
  await album.take(page, 'records');
  for (const kind of KINDS) {
    await page.goto(`${stage.url}/records/${kind}`);
    await page.getByRole('row').nth(1).waitFor();
    await page.waitForLoadState('networkidle');
    await album.take(page, `records-${kind}`, { readme: kind === 'account' });
  }
  await page.goto(`${stage.url}/records/account`);
  await page.getByRole('row').nth(1).click();
  for (const tab of ['Profile', 'Relations', 'History', 'Source']) {
    await page.getByRole('tab', { name: new RegExp(tab) }).click();
    await page.waitForLoadState('networkidle');
    await album.take(page, `record-${tab.toLowerCase()}`);
  }
  await page.goto(`${stage.url}/records/account?q=nobody-is-called-that`);
  await page.waitForLoadState('networkidle');
  await album.take(page, 'records-nothing-found');
  await page.context().close();
}
