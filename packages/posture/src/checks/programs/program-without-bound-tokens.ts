import { defineCheck } from '../../check/check.js';
import { known, undecided } from '../../check/unsaid.js';
import { isOn } from '../../sql/sensitive-applications.js';
import { ROLES_OF_PROGRAMS } from '../../sql/scopes.js';

const TYPE = known(`a.oauth_client ->> 'type'`);
const BOUND = `(a.oauth_client ->> 'boundTokens')::boolean`;
const WHERE = `${TYPE} = 'service' AND NOT ${BOUND}`;

export const programWithoutBoundTokens = defineCheck({
  id: 'program-without-bound-tokens',
  title: 'Program whose access tokens anybody can use',
  area: 'programs',
  severity: 'low',
  context: [
    { to: 'high', when: 'canBecomeAnybody', because: 'it holds a role by which it can become anybody' },
    { to: 'medium', when: 'hasRole', because: 'it holds a role of administration' },
  ],
  subject: 'application',
  population: 'service_clients',
  needs: [
    'application',
    'application.oauthClient',
    'application.oauthClient.type',
    'application.oauthClient.boundTokens',
    'role',
    'role_assignment',
  ],
  sql: `WITH ${ROLES_OF_PROGRAMS}
    SELECT a.key, jsonb_build_object('label', a.label, 'clientId', a.client_id, 'authentication', a.oauth_client ->> 'authentication',
      'roles', coalesce(r.roles, '{}'), 'hasRole', r.client IS NOT NULL, 'canBecomeAnybody', coalesce(r.is_tier_zero, false)) AS evidence
    FROM applications a LEFT JOIN roles_of_programs r ON r.client = a.key COLLATE "C"
    WHERE ${isOn('a')} AND (${WHERE})`,
  undecided: undecided({
    key: 'a.key',
    from: `FROM applications a WHERE ${isOn('a')} AND a.oauth_client IS NOT NULL`,
    where: WHERE,
    compares: { 'application.oauthClient.type': TYPE, 'application.oauthClient.boundTokens': BOUND },
  }),
  why: `A token of this program works for whoever has it: read from a log, a proxy or a crashed process, it is used elsewhere until it expires. Bound to a key (DPoP), it is worth nothing without the key.`,
  fix: [
    'See whether the program, or the library that it uses, can prove that it has the key (DPoP, RFC 9449).',
    'Update the program, then demand the proof for its client.',
    'Where it cannot: keep the life of its tokens short, and bind its use to known networks.',
  ],
  console: {
    okta: [
      'Applications > Applications > the program > General > General Settings: Require Demonstrating Proof of Possession (DPoP) header in token requests.',
    ],
  },
  effort: 'days',
  frameworks: { nist: ['IA-9', 'SC-23'], soc2: ['CC6.1'] },
});
