import { defineCheck } from '../../check/check.js';
import { undecided } from '../../check/unsaid.js';
import { isBrokenAlgorithm } from '../../sql/signatures.js';
import { isOn } from '../../sql/sensitive-applications.js';

const unsigned = (part: string): string => `(t.assertion ->> '${part}')::boolean IS FALSE`;

const PARTS = ['signatureAlgorithm', 'digestAlgorithm', 'responseSigned', 'assertionSigned'] as const;
const part = (t: string, name: string): string => `${t}.assertion ->> '${name}'`;
const SAID = (t: string): string => PARTS.map((name) => part(t, name)).join(', ');
const isOld = (t: string): string =>
  `(coalesce(${t}.assertion ->> 'version' LIKE '1.%', false) OR coalesce(${t}.sign_on_method = 'ws_federation', false))`;

export const weaklySignedAssertions = defineCheck({
  id: 'weakly-signed-assertions',
  title: 'Application that is told who somebody is in a form that can be forged',
  area: 'applications',
  severity: 'medium',
  context: [
    { to: 'high', when: 'isUnsigned', because: 'nothing of it is signed' },
    { to: 'low', when: 'isOnlyPartlySigned', because: 'one of its two parts is signed, and by a good algorithm' },
  ],
  subject: 'application',
  population: 'federated_applications',
  needs: [
    'application',
    'application.assertion',
    ...PARTS.map((name) => `application.assertion.${name}` as const),
    'application.signOnMethod',
  ],
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'signOnMethod', t.sign_on_method, 'version', t.assertion ->> 'version',
      'signatureAlgorithm', t.assertion ->> 'signatureAlgorithm', 'digestAlgorithm', t.assertion ->> 'digestAlgorithm',
      'responseSigned', t.assertion -> 'responseSigned', 'assertionSigned', t.assertion -> 'assertionSigned', 'isBroken', f.is_broken, 'isOld', f.is_old,
      'isUnsigned', f.is_response_unsigned AND f.is_assertion_unsigned, 'isOnlyPartlySigned', NOT (f.is_broken OR f.is_old)) AS evidence
    FROM applications t CROSS JOIN LATERAL (
      SELECT ${isBrokenAlgorithm(`t.assertion ->> 'signatureAlgorithm'`)} OR ${isBrokenAlgorithm(`t.assertion ->> 'digestAlgorithm'`)} AS is_broken,
        ${isOld('t')} AS is_old,
        ${unsigned('responseSigned')} AS is_response_unsigned, ${unsigned('assertionSigned')} AS is_assertion_unsigned
    ) f
    WHERE ${isOn('t')} AND (f.is_broken OR f.is_old OR f.is_response_unsigned OR f.is_assertion_unsigned)`,
  // Of an application out of its catalogue a provider may say nothing, and sign by its own defaults: then others must show that it does say.
  undecided: undecided({
    key: 't.key',
    from: `FROM applications t WHERE ${isOn('t')} AND t.assertion IS NOT NULL AND NOT ${isOld('t')}
      AND (num_nonnulls(${SAID('t')}) > 0 OR NOT EXISTS (SELECT 1 FROM applications o WHERE ${isOn('o')} AND num_nonnulls(${SAID('o')}) > 0))`,
    where: `(${isBrokenAlgorithm(part('t', 'signatureAlgorithm'))} OR ${isBrokenAlgorithm(part('t', 'digestAlgorithm'))}
      OR ${unsigned('responseSigned')} OR ${unsigned('assertionSigned')} OR num_nulls(${SAID('t')}) > 0 AND NULL)`,
    compares: Object.fromEntries(PARTS.map((name) => [`application.assertion.${name}`, part('t', name)])),
  }),
  why: `The application lets in whomever this message names. SHA-1 no longer guards against a second text with the same signature; a part that is not signed can be changed on the way through the browser; and the old forms lack what newer ones check.`,
  fix: [
    'Ask the owner of the application which algorithms it takes.',
    'Set SHA-256 for signature and digest, and sign the response and the assertion.',
    'Move from SAML 1.1 or WS-Federation to SAML 2.0 or OpenID Connect.',
  ],
  console: {
    okta: [
      'Applications > the application > General > SAML Settings > Edit > Show Advanced Settings: Response, Assertion Signature, Signature Algorithm, Digest Algorithm.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['SC-13', 'SC-23'], cis: ['16.11'], soc2: ['CC6.1', 'CC6.7'] },
});
