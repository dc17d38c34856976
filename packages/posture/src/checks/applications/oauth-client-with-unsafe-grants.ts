import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { isOn } from '../../sql/sensitive-applications.js';

export const oauthClientWithUnsafeGrants = defineCheck({
  id: 'oauth-client-with-unsafe-grants',
  title: 'Application that gets tokens in a way that is no longer safe',
  area: 'applications',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isPasswordOfAnybody', because: 'passwords can be tried with it without any secret of its own' },
  ],
  subject: 'application',
  population: 'oauth_clients',
  needs: ['application', 'application.oauthClient'],
  parameters: { grants: texts('Grant types that are not safe, as in RFC 7591', ['implicit', 'password']) },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'type', t.oauth_client ->> 'type', 'authentication', t.oauth_client ->> 'authentication',
      'grantTypes', ARRAY(SELECT g FROM jsonb_array_elements_text(t.oauth_client -> 'grantTypes') AS g WHERE g = ANY ($grants) ORDER BY g),
      'isPasswordOfAnybody', t.oauth_client -> 'grantTypes' ? 'password' AND t.oauth_client ->> 'authentication' = 'none') AS evidence
    FROM applications t WHERE ${isOn('t')} AND t.oauth_client -> 'grantTypes' ?| $grants`,
  why: `With the implicit grant the token stands in the address of a page, from where histories, logs and scripts carry it away. With the password grant the application sees the password of each person, and no second factor is asked for.`,
  fix: [
    'Let the application use the authorization code with a proof key (PKCE).',
    'For programs without a person: client credentials, with a key instead of a secret.',
    'When nothing uses the old grant any more, which the log shows, switch it off.',
  ],
  console: { okta: ['Applications > the application > General > Edit: Grant type.'] },
  effort: 'days',
  frameworks: { nist: ['AC-3', 'IA-2'], cis: ['16.11'], soc2: ['CC6.1'] },
});
