import { ADA } from './stage.mjs';

/** Who can reach what: the explorer, a page of each kind with its parts, what is not used, and the organisation in numbers. */
export async function access(stage, album) {
  const page = await stage.visitAs(ADA, '/access');
  const go = async (path) => {
    await page.goto(stage.url + path);
    await page.waitForLoadState('networkidle');
  };
  const show = async (path, name, options) => {
    await go(path);
    await album.take(page, name, options);
  };
  await show('/overview', 'overview', { readme: true });
  await show('/access', 'access');
  await page.getByRole('combobox').fill('a');
  await page.getByRole('option').first().waitFor();
  await album.take(page, 'access-search');
  const [person, application, group, role] = await subjects(stage);
  const at = (kind, key, query = '') => `/access/${stage.integration}/${kind}/${encodeURIComponent(key)}${query}`;
  await show(at('account', person), 'access-person', { readme: true });
  await show(at('account', person, '?show=group'), 'access-person-groups');
  await show(at('account', person, `?why=application:${application}`), 'access-why');
  for (const tab of ['use', 'sign-in', 'activity', 'changes', 'graph'])
    await show(at('account', person, `?tab=${tab}`), `access-person-${tab}`);
  await show(at('account', person, '?tab=graph&view=graph'), 'access-person-drawn');
  await show(at('application', application), 'access-application');
  for (const tab of ['suggestions', 'reviews', 'graph'])
    await show(at('application', application, `?tab=${tab}`), `access-application-${tab}`);
  await show(at('application', application, '?tab=graph&view=graph'), 'access-application-drawn');
  await show(at('application', application, '?unused=30'), 'access-application-unused');
  await show(at('group', group), 'access-group');
  for (const tab of ['gives', 'rules']) await show(at('group', group, `?tab=${tab}`), `access-group-${tab}`);
  await show(at('role', role), 'access-role');
  await show(at('account', person, '?at=2020-01-01T00%3A00%3A00.000Z'), 'access-before');
  await show('/access/unused', 'access-unused');
  await show('/access/unused?tab=administrators', 'access-unused-administrators');
  await show('/access/changes', 'access-changes');
  await page.context().close();
}

/** Keys of somebody who uses something, of that, of a group that gives something, and of a role. */
async function subjects({ api, integration }) {
  const field = async (kind, name, query = '') => {
    const { items } = await api.call('GET', `/records/${kind}?integration=${integration}&limit=1${query}`);
    return items[0].data[name];
  };
  const { applications } = await api.call('GET', '/access/overview');
  const application = applications.find((one) => one.integration === integration).application.key;
  const to = new URLSearchParams({ to: `application:${application}`, from: 'account', sort: '-lastUsed' });
  const { items } = await api.call('GET', `/integrations/${integration}/access/reached-by?${to}`);
  const group = await field('app_assignment', 'principal', '&filter=principalKind:group');
  return [items[0].node.key, application, group, await field('role_assignment', 'role')];
}
