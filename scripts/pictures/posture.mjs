import { ADA } from './stage.mjs';

/** How the organisation stands: overview, checks and one of each answer, findings, ways, frameworks, the report. */
export async function posture(stage, album) {
  const page = await stage.visitAs(ADA, '/posture');
  const show = async (path, name, options) => {
    await page.goto(stage.url + path);
    await page.waitForLoadState('networkidle');
    await album.take(page, name, options);
  };
  await looked(stage);
  await show('/posture', 'posture', { readme: true });
  await show('/posture/checks', 'posture-checks');
  const { items } = await stage.api.call('GET', '/posture/checks');
  for (const status of ['failed', 'passed', 'unknown']) {
    const check = items.find((one) => one.status === status);
    if (check !== undefined) await show(`/posture/checks/${check.id}`, `posture-check-${status}`);
  }
  await show('/findings', 'findings');
  const { items: findings } = await stage.api.call('GET', '/findings?limit=1');
  await show(`/findings/${findings[0].id}`, 'finding', { readme: true });
  await show('/posture/paths', 'posture-paths');
  await show('/posture/paths?view=graph', 'posture-paths-drawn');
  for (const framework of ['nist', 'stig']) await show(`/posture/frameworks?framework=${framework}`, `posture-${framework}`);
  await show('/posture/report', 'posture-report');
  await page.context().close();
}

async function looked({ api }) {
  for (;;) {
    const { pending, evaluatedAt } = await api.call('GET', '/posture/overview');
    if (pending === 0 && evaluatedAt !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
