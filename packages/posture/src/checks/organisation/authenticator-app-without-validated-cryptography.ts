import { defineCheck } from '../../check/check.js';

export const authenticatorAppWithoutValidatedCryptography = defineCheck({
  id: 'authenticator-app-without-validated-cryptography',
  title: 'Authenticator app that may use cryptography that was not validated',
  area: 'organisation',
  severity: 'informational',
  subject: 'sign_in_method',
  population: 'sign_in_methods',
  needs: ['sign_in_method', 'sign_in_method.fipsOnly'],
  sql: `SELECT m.key, jsonb_build_object('name', m.name, 'product', m.product, 'fipsOnly', false) AS evidence
    FROM sign_in_methods m
    WHERE m.integration_id = $integration AND m.removed_at IS NULL AND m.status = 'active' AND m.fips_only IS FALSE`,
  why: `Authorities of the United States, and those who work for them, may only use cryptography that was validated by FIPS 140. For others it makes no difference that an attacker could use.`,
  fix: ['If you are bound to it: let only devices enrol that keep to it, and see which would be left out.'],
  console: {
    okta: ['Security > Authenticators > Okta Verify > Actions > Edit: FIPS Compliance, FIPS-compliant devices only.'],
  },
  effort: 'hours',
  frameworks: { nist: ['IA-7', 'SC-13'], stig: ['OKTA-APP-001700'] },
});
