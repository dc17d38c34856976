import { ADA } from './stage.mjs';

const SLOW = { kind: 'slow', match: '/api/v1/groups/{groupId}/users', delayMs: 20_000, after: 12 };

/** The tile and the page of an integration, in the states that it can be in. */
export async function integration(stage, album) {
  const { simulator, api } = stage;
  simulator.setFaults([SLOW]);
  const { id } = await api.call('POST', '/integrations', { connector: 'okta', config: simulator.config });
  stage.integration = id;
  const page = await stage.visitAs(ADA, '/integrations');
  await page.getByRole('progressbar').first().waitFor();
  await album.take(page, 'integrations-syncing', { readme: true });
  await page.goto(`${stage.url}/integrations/${id}`);
  await page.getByRole('progressbar').first().waitFor();
  await album.take(page, 'integration-syncing');
  simulator.setFaults([]);
  await stage.settled(id);
  await page.getByText('Everything was read.').first().waitFor();
  await album.take(page, 'integration-healthy');
  for (const tab of ['streams', 'runs', 'holds', 'settings']) {
    await page.goto(`${stage.url}/integrations/${id}/${tab}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await album.take(page, `integration-${tab}`);
  }
  await page.goto(`${stage.url}/integrations/00000000-0000-4000-8000-00000000dead`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await album.take(page, 'integration-gone');
  await page.context().close();
}
