import type { Provider, StandingResult } from '../../src/answers/standing.js';
import { unknownCauses } from '../../src/answers/unknown-causes.js';
import type { Reason } from '../../src/evaluation/data-state.js';

const ACME = { id: '1', name: 'Directory', connectorId: 'acme' };
const MORE = { setting: 'more', title: 'Policies', group: 'More data', on: true };
const PROVIDERS = new Map<string, Provider>([
  [
    'acme',
    {
      displayName: 'Acme',
      streams: [],
      switches: new Map([
        ['policies', MORE],
        ['zones', MORE],
      ]),
    },
  ],
]);

const OFF: Reason = { code: 'switched_off', about: 'policy', stream: 'policies', scopes: ['policies.read'] };
const ZONES: Reason = { code: 'switched_off', about: 'network_zone', stream: 'zones', scopes: ['zones.read'] };
const REFUSED: Reason = { code: 'refused', about: 'api_token', stream: 'tokens', scopes: ['tokens.read'] };
const GROUPS: Reason = { code: 'refused', about: 'group', stream: 'groups', scopes: ['groups.read'] };

function result(reasons: readonly Reason[], status: StandingResult['status'] = 'unknown'): StandingResult {
  const at = new Date('2026-11-26T09:28:10.120Z');
  const counts = { open: 0, worst: null, excepted: 0, examined: 0 };
  return { integration: ACME, status, reasons, ...counts, evaluatedAt: at, since: at };
}
const causes = (...results: readonly StandingResult[]) =>
  unknownCauses({ results: new Map(results.map((one, index) => [`check-${index}`, [one]])) }, PROVIDERS);

test('what one switch mends is one cause, with the scopes of all of it, and those that nothing else holds up are counted', () => {
  const found = causes(result([REFUSED]), result([OFF]), result([OFF, ZONES]), result([ZONES, REFUSED]));
  expect(found).toEqual([
    {
      integration: { id: '1', name: 'Directory' },
      code: 'switched_off',
      message: 'Switch on "Policies" in the part "More data" and grant the scopes policies.read and zones.read.',
      scopes: ['policies.read', 'zones.read'],
      setting: 'more',
      checks: 3,
      alone: 2,
    },
    expect.objectContaining({ message: 'Grant the scope tokens.read.', setting: null, checks: 2, alone: 1 }),
  ]);
});

test('scopes that are refused apart are granted apart', () => {
  expect(causes(result([REFUSED]), result([GROUPS])).map(({ message }) => message)).toEqual([
    'Grant the scope tokens.read.',
    'Grant the scope groups.read.',
  ]);
});

test('what has failed or passed all the same is known', () => {
  expect(causes(result([OFF], 'failed'), result([], 'passed'))).toEqual([]);
});
