import { defineCheck } from '../../check/check.js';
import { known, undecided } from '../../check/unsaid.js';
import { isOn } from '../../sql/sensitive-applications.js';

const TYPE = known(`t.oauth_client ->> 'type'`);
const AUTHENTICATION = known(`t.oauth_client ->> 'authentication'`);
const FROM = `FROM applications t WHERE ${isOn('t')} AND t.oauth_client IS NOT NULL`;
const WHERE = `${TYPE} IN ('service', 'web') AND ${AUTHENTICATION} = 'none'`;

export const oauthClientWithoutAuthentication = defineCheck({
  id: 'oauth-client-without-authentication',
  title: 'Server or program that gets tokens without proving what it is',
  area: 'applications',
  severity: 'high',
  context: [
    { to: 'critical', when: 'isProgram', because: 'it gets tokens without any person' },
    { to: 'medium', when: 'hasProofKey', because: 'each code can at least be exchanged only by whoever asked for it' },
  ],
  subject: 'application',
  population: 'oauth_clients',
  needs: ['application', 'application.oauthClient', 'application.oauthClient.type', 'application.oauthClient.authentication'],
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'type', t.oauth_client ->> 'type', 'isProgram', t.oauth_client ->> 'type' = 'service',
      'hasProofKey', coalesce((t.oauth_client ->> 'proofKey')::boolean, false)) AS evidence
    ${FROM} AND (${WHERE})`,
  undecided: undecided({
    key: 't.key',
    from: FROM,
    where: WHERE,
    compares: { 'application.oauthClient.type': TYPE, 'application.oauthClient.authentication': AUTHENTICATION },
  }),
  why: `An application on a server can keep a key, and this one has none. Whoever learns its name, which is no secret, can speak as the application: exchange codes that were caught, or ask for tokens.`,
  fix: [
    'Give it a key pair, and let it sign a statement each time (private_key_jwt).',
    'If the software cannot do that: a secret, kept where secrets are kept.',
    'If it runs in a browser after all, make it an application of that type.',
  ],
  console: {
    okta: ['Applications > the application > General > Client Credentials > Client authentication: Public key / Private key.'],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-9', 'AC-3'], cis: ['16.11'], soc2: ['CC6.1'] },
});
