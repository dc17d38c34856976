import type { StreamSwitch } from '@castellan/connector-sdk';
import type { Provider } from '../../src/answers/standing.js';
import { reasonViews } from '../../src/answers/reason-messages.js';
import { hasWords } from '../../src/answers/thing-words.js';
import { ALL_CHECKS } from '../../src/checks/all-checks.js';
import { readNeed } from '../../src/check/need.js';
import type { Reason } from '../../src/evaluation/data-state.js';

const ACME = { id: '1', name: 'Directory', connectorId: 'acme' };
const SWITCHES = new Map<string, StreamSwitch>([
  ['threats', { setting: 'more', title: 'Policies and settings', group: 'More data', on: true }],
  ['factors', { setting: 'fast', title: 'Leave out factors', group: null, on: false }],
]);
const PROVIDERS = new Map<string, Provider>([['acme', { displayName: 'Acme', streams: [], switches: SWITCHES }]]);
const said = (reason: Reason, providers = PROVIDERS): string | undefined => reasonViews([reason], ACME, providers)[0]?.message;

const TOKENS = { about: 'api_token', stream: 'tokens' } as const;

test.each<[string, Reason]>([
  [
    'Acme refuses to list API tokens: grant the scope acme.api_tokens.read.',
    { ...TOKENS, code: 'refused', scopes: ['acme.api_tokens.read'] },
  ],
  ['Acme refuses to list API tokens: grant the scopes a and b.', { ...TOKENS, code: 'refused', scopes: ['a', 'b'] }],
  [
    'Acme refuses to list API tokens: give the credential of the integration the right to see them.',
    { ...TOKENS, code: 'refused' },
  ],
  [
    'Acme does not list API tokens, or its connector does not read them: nobody has to act, this cannot be known here.',
    { code: 'not_offered', about: 'api_token' },
  ],
  [
    'The integration is set not to read the settings for bad addresses: switch on "Policies and settings" in the part "More data" and grant the scope a.',
    { code: 'switched_off', about: 'setting:threat_insight', stream: 'threats', scopes: ['a'] },
  ],
  [
    'The integration is set not to read authenticators of accounts: switch off "Leave out factors".',
    { code: 'switched_off', about: 'authenticator', stream: 'factors' },
  ],
  [
    'The integration is set not to read API tokens: switch on what reads them (the stream tokens).',
    { ...TOKENS, code: 'switched_off' },
  ],
  ['API tokens have not been read to the end yet: wait for the next sync, or start one.', { ...TOKENS, code: 'not_read' }],
  [
    'API tokens could not be read: see what the last run of the integration says of the stream tokens.',
    { ...TOKENS, code: 'failed' },
  ],
  [
    'API tokens were read to the end on 20 Nov 2026 for the last time: start a sync, and see why the runs since then have failed.',
    { ...TOKENS, code: 'stale', at: '2026-11-20T06:00:01.618Z' },
  ],
  [
    'Some API tokens could not be listed: see what the integration says of the stream tokens; what was found is shown.',
    { ...TOKENS, code: 'partial' },
  ],
  [
    'Acme does not say when passwords were changed: nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'account.passwordChangedAt' },
  ],
  [
    'Acme does not say of each identity provider that links accounts by itself whether administrators are left out: nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'said:links_administrators' },
  ],
  [
    'Acme does not say what policies ask of passwords ("min length") (2 of those that are looked at): nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'policy.password.minLength', count: 2 },
  ],
  [
    'Who reaches and uses which application has not been counted yet: that is done after each sync, so wait for the next one, or start one.',
    { code: 'not_counted', about: 'counted:access' },
  ],
  [
    'The log shows no use of applications yet: let the integration read it, and wait until it does.',
    { code: 'not_observed', about: 'use:application' },
  ],
  [
    'The log has been read since 1 Nov 2026 only: wait until it shows enough days of use of applications, or set the check to look at fewer.',
    { code: 'not_observed', about: 'use:application', at: '2026-11-01T00:00:00.000Z' },
  ],
  [
    'Acme does not show any of the applications that the check is about (their names are in its settings): nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'application.name:applications' },
  ],
  [
    'Acme does not say anything of the settings for new programs: nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'setting:new_programs' },
  ],
  [
    'The check itself failed: the log of the host says how, and the next look tries again.',
    { code: 'broken', about: 'account-not-used' },
  ],
])('%s', (message, reason) => {
  expect(said(reason)).toBe(message);
});

test('a provider whose connector is gone is called one', () => {
  expect(said({ ...TOKENS, code: 'refused' }, new Map())).toMatch(/^The provider refuses to list API tokens/);
});

test('each field that a check needs has words of its own', () => {
  const fields = ALL_CHECKS.flatMap((check) => [...check.needs, ...check.seesMoreWith]).filter(
    (need) => readNeed(need).type === 'field',
  );
  expect(fields.filter((need) => !hasWords(need))).toEqual([]);
});
