import { ADA } from './stage.mjs';

const PAGES = {
  integrations: '**/api/integrations*',
  'records/account': '**/api/records/account?*',
  users: '**/api/users*',
  audit: '**/api/audit-log*',
};
const PROBLEM = {
  type: 'urn:castellan:problem:internal',
  title: 'Internal error',
  status: 500,
  detail: 'Something unforeseen has happened here.',
  reference: '01JDEXAMPLE',
};

/** What people see while something is loading, has failed, or is not for them. */
export async function troubles(stage, album) {
  const page = await stage.visitAs(ADA, '/integrations');
  for (const [path, match] of Object.entries(PAGES)) {
    const name = path.replace('/', '-');
    await page.route(match, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', json: PROBLEM }));
    await page.goto(`${stage.url}/${path}`);
    await page.getByRole('alert').first().waitFor();
    await album.take(page, `${name}-failed`);
    await page.unroute(match);
    // Never answered: what is seen is what somebody sees who waits.
    await page.route(match, () => undefined);
    await page.goto(`${stage.url}/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await album.take(page, `${name}-loading`);
    await page.unroute(match);
  }
  await page.context().close();
}
