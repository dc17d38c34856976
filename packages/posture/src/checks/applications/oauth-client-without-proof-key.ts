import { defineCheck } from '../../check/check.js';
import { known, undecided } from '../../check/unsaid.js';
import { isOn } from '../../sql/sensitive-applications.js';

const TYPE = known(`t.oauth_client ->> 'type'`);
const PROOF_KEY = `(t.oauth_client ->> 'proofKey')::boolean`;
const FROM = `FROM applications t WHERE ${isOn('t')} AND t.oauth_client IS NOT NULL`;
const WHERE = `${TYPE} IN ('browser', 'native') AND t.oauth_client -> 'grantTypes' ? 'authorization_code' AND NOT ${PROOF_KEY}`;

export const oauthClientWithoutProofKey = defineCheck({
  id: 'oauth-client-without-proof-key',
  title: 'Application in a browser or on a device that exchanges codes without a proof key',
  area: 'applications',
  severity: 'high',
  context: [{ to: 'medium', when: 'hasSecret', because: 'it needs a secret or a key as well' }],
  subject: 'application',
  population: 'oauth_clients',
  needs: ['application', 'application.oauthClient', 'application.oauthClient.type', 'application.oauthClient.proofKey'],
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'type', t.oauth_client ->> 'type', 'authentication', t.oauth_client ->> 'authentication',
      'hasSecret', t.oauth_client ->> 'authentication' IN ('secret', 'key')) AS evidence
    ${FROM} AND (${WHERE})`,
  undecided: undecided({
    key: 't.key',
    from: FROM,
    where: WHERE,
    compares: { 'application.oauthClient.type': TYPE, 'application.oauthClient.proofKey': PROOF_KEY },
  }),
  why: `The code that is exchanged for a token comes through the browser or the operating system, where another page or app can catch it. Without a proof key (PKCE) whoever holds the code gets the token, and is the person.`,
  fix: ['See that the software sends a proof key: the usual libraries do.', 'Then require it at the provider.'],
  console: {
    okta: ['Applications > the application > General > Client Credentials: Require PKCE as additional verification.'],
  },
  effort: 'hours',
  frameworks: { nist: ['SC-23', 'AC-3'], cis: ['16.11'], soc2: ['CC6.1'] },
});
