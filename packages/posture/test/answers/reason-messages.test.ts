import { reasonViews } from '../../src/answers/reason-messages.js';
import type { Reason } from '../../src/evaluation/data-state.js';

const ACME = { id: '1', name: 'Directory', connectorId: 'acme' };
const PROVIDERS = new Map([['acme', { displayName: 'Acme', streams: [] }]]);
const said = (reason: Reason, providers = PROVIDERS): string | undefined => reasonViews([reason], ACME, providers)[0]?.message;

const TOKENS = { about: 'api_token', stream: 'tokens' } as const;

test.each<[string, Reason]>([
  [
    'Acme refuses to list api tokens: grant the scope acme.api_tokens.read.',
    { ...TOKENS, code: 'refused', scopes: ['acme.api_tokens.read'] },
  ],
  ['Acme refuses to list api tokens: grant the scopes a and b.', { ...TOKENS, code: 'refused', scopes: ['a', 'b'] }],
  [
    'Acme refuses to list api tokens: give the credential of the integration the right to see them.',
    { ...TOKENS, code: 'refused' },
  ],
  [
    'Acme does not list api tokens, or its connector does not read them: nobody has to act, this cannot be known here.',
    { code: 'not_offered', about: 'api_token' },
  ],
  [
    'The settings of the integration leave out the setting threat insight: switch on what reads them (the stream threats) and grant the scope a.',
    { code: 'switched_off', about: 'setting:threat_insight', stream: 'threats', scopes: ['a'] },
  ],
  ['Api tokens have not been read to the end yet: wait for the next sync, or start one.', { ...TOKENS, code: 'not_read' }],
  [
    'Api tokens could not be read: see what the last run of the integration says of the stream tokens.',
    { ...TOKENS, code: 'failed' },
  ],
  [
    'Api tokens were read to the end on 2026-11-20 for the last time: start a sync, and see why the runs since then have failed.',
    { ...TOKENS, code: 'stale', at: '2026-11-20T06:00:01.618Z' },
  ],
  [
    'Some api tokens could not be listed: see what the integration says of the stream tokens; what was found is shown.',
    { ...TOKENS, code: 'partial' },
  ],
  [
    'Acme does not say "passwordChangedAt" of accounts: nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'account.passwordChangedAt' },
  ],
  [
    'Acme does not say "password.minLength" of policies (2 of those that are looked at): nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'policy.password.minLength', count: 2 },
  ],
  [
    'Acme does not say "action" of the setting threat insight (1 of those that are looked at): nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'setting:threat_insight.action', count: 1 },
  ],
  [
    'Acme does not say "policy" of the named applications (1 of those that are looked at): nothing is concluded from that; see whether the credential of the integration may see it.',
    { code: 'not_said', about: 'application.policy of name:applications', count: 1 },
  ],
  [
    'Who reaches and uses which application has not been counted yet: that is done after each sync, so wait for the next one, or start one.',
    { code: 'not_counted', about: 'counted:access' },
  ],
  [
    'No use of the kind application was seen in the log: let the integration read it, and wait until some was.',
    { code: 'not_observed', about: 'use:application' },
  ],
  [
    'Use of the kind application is watched since 2026-11-01 only: wait until that is long enough, or look at fewer days.',
    { code: 'not_observed', about: 'use:application', at: '2026-11-01T00:00:00.000Z' },
  ],
  [
    'The check itself failed: the log of the host says how, and the next look tries again.',
    { code: 'broken', about: 'account-not-used' },
  ],
])('%s', (message, reason) => {
  expect(said(reason)).toBe(message);
});

test('a provider whose connector is gone is called one', () => {
  expect(said({ ...TOKENS, code: 'refused' }, new Map())).toMatch(/^The provider refuses to list api tokens/);
});
