import { ActedOrg, refusalOf } from '../support/acted-org.js';

let acted: ActedOrg;
beforeEach(async () => {
  acted = await ActedOrg.start();
});
afterEach(() => acted.close());

const CONFLICT = { kind: 'status', status: 409, method: 'POST' } as const;

it('what Okta refuses since there is such a thing is said with its reason, and is no trouble that passes', async () => {
  const { id } = acted.org.addUser();
  acted.simulator.setFaults([{ ...CONFLICT, code: 'E0000112' }]);
  const refusal = await refusalOf(acted.host.act('suspend-account', { account: id }));
  expect(refusal).toMatchObject({ kind: 'config', message: expect.stringMatching(/^Okta refuses it: ./) });
  expect(refusal.detail).toContain('409 E0000112');
  // It is not asked again: the next answer would be the same.
  expect(acted.writes).toHaveLength(1);
});
