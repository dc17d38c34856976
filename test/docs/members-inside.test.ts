import { bearer, checkConnector, type CheckName, fakeUpstream, listByCursor, Trial } from '@castellan/connector-testkit';
import { connector } from '../../docs/examples/members-inside/connector.js';

const upstream = fakeUpstream(({ tenant }) => {
  const teams = Array.from({ length: 7 }, (_, at) => ({
    id: `${tenant}-team-${at}`,
    name: `Team ${at}`,
    people: Array.from({ length: at }, (_none, person) => `${tenant}-person-${person}`),
  }));
  return {
    credential: bearer(`token-of-${tenant}`),
    routes: { 'GET /teams': listByCursor(teams, { pageSize: 2 }) },
    holds: () => ({
      teams: teams.map(({ id }) => id),
      places: teams.flatMap(({ id, people }) => people.map((person) => `${id}|${person}`)),
    }),
  };
});

const config = ({ url, tenant }: { readonly url: string; readonly tenant: string }) => ({
  address: url,
  token: `token-of-${tenant}`,
});

const CHECKS: readonly CheckName[] = ['recordShape', 'eachRecordOnce', 'cutAtEveryPage', 'damagedPosition', 'linkLoops'];

test.each(CHECKS)('the example of members inside of their groups keeps the contract: %s', async (check) => {
  await expect(checkConnector(connector, { upstream, config }, check)).resolves.toMatchObject({ result: 'passed' });
});

test('a team without its people is named, and keeps those that are known', async () => {
  const trial = await Trial.open(connector, { upstream, config });
  try {
    trial.wire.reset(() => ({
      kind: 'change',
      change: (answer) => ({ ...answer, body: answer.body.replace(/"people":\["acme-person-0"\]/, '"people":null') }),
    }));
    const host = trial.host();
    await host.run();
    expect(host.unlisted).toEqual([{ stream: 'places', partition: 'acme-team-1' }]);
    expect([...host.completed]).toEqual(expect.arrayContaining(['teams', 'places']));
  } finally {
    await trial.close();
  }
});
