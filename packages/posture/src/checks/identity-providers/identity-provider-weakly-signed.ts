import { defineCheck } from '../../check/check.js';
import { undecided } from '../../check/unsaid.js';
import { minutes } from '../../check/parameter.js';
import { isActiveProvider, trusted, signsIn } from '../../sql/identity-providers.js';
import { isBrokenAlgorithm } from '../../sql/signatures.js';

const PARTS = ['signatureAlgorithm', 'responseSigned', 'clockSkewSeconds'] as const;
const part = (t: string, name: string): string => `${t}.trust ->> '${name}'`;
const SAID = (t: string): string => PARTS.map((name) => part(t, name)).join(', ');

export const identityProviderWeaklySigned = defineCheck({
  id: 'identity-provider-weakly-signed',
  title: 'What another system says of a person is checked weakly',
  area: 'identity_providers',
  severity: 'medium',
  context: [
    { to: 'high', when: 'isBroken', because: 'the signature may be of an algorithm that is broken' },
    { to: 'low', when: 'isOnlyLate', because: 'only the time for which it is taken is long' },
  ],
  subject: 'identity_provider',
  population: 'identity_providers',
  needs: ['identity_provider', 'identity_provider.trust', ...PARTS.map((name) => `identity_provider.trust.${name}` as const)],
  parameters: { minutes: minutes('Minutes that two clocks may differ', 5, { max: 1_440 }) },
  sql: `SELECT t.key, jsonb_build_object('name', t.name, 'type', t.type, 'signatureAlgorithm', t.trust ->> 'signatureAlgorithm',
      'responseSigned', t.trust -> 'responseSigned', 'clockSkewSeconds', t.trust -> 'clockSkewSeconds', 'isBroken', f.is_broken,
      'isOnlyLate', NOT (f.is_broken OR f.is_unsigned)) AS evidence
    FROM identity_providers t CROSS JOIN LATERAL (
      SELECT ${isBrokenAlgorithm(`t.trust ->> 'signatureAlgorithm'`)} AS is_broken, ${trusted('t', 'responseSigned')} IS FALSE AS is_unsigned,
        coalesce((t.trust ->> 'clockSkewSeconds')::float8 > $minutes * 60, false) AS is_late
    ) f
    WHERE ${isActiveProvider('t')} AND t.trust IS NOT NULL AND (f.is_broken OR f.is_unsigned OR f.is_late)`,
  // Some protocols sign in one way only, of which there is nothing to say: then others must show that the provider does say it.
  undecided: undecided({
    key: 't.key',
    from: `FROM identity_providers t WHERE ${signsIn('t')} AND (num_nonnulls(${part('t', 'signatureAlgorithm')}, ${part('t', 'responseSigned')}) > 0
      OR NOT EXISTS (SELECT 1 FROM identity_providers o WHERE ${signsIn('o')} AND num_nonnulls(${SAID('o')}) > 0))`,
    where: `${isBrokenAlgorithm(part('t', 'signatureAlgorithm'))} OR ${trusted('t', 'responseSigned')} IS FALSE
      OR coalesce((${part('t', 'clockSkewSeconds')})::float8 > $minutes * 60, false) OR num_nulls(${SAID('t')}) > 0 AND NULL`,
    compares: Object.fromEntries(PARTS.map((name) => [`identity_provider.trust.${name}`, part('t', name)])),
  }),
  why: `By this message somebody is signed in. With SHA-1 another text can be made that has the same signature; what is not signed can be changed on its way through the browser; and one that is taken for long can be sent a second time.`,
  fix: [
    'Ask the other side for SHA-256, and set it here.',
    'Require that the response as a whole is signed.',
    'Let clocks differ by two minutes at most.',
  ],
  console: {
    okta: [
      'Security > Identity Providers > the provider > Edit > Show Advanced Settings: Response Signature Verification, Response Signature Algorithm, Max Clock Skew.',
    ],
  },
  effort: 'hours',
  frameworks: { nist: ['SC-13', 'SC-23', 'IA-2(8)'], cis: ['16.11'], soc2: ['CC6.1'] },
});
