import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { asked, passwordPolicies } from '../../sql/password-policies.js';

const KINDS = ['minUpperCase', 'minLowerCase', 'minNumber', 'minSymbol'] as const;

const missing = `array_remove(ARRAY[${KINDS.map((kind) => `CASE WHEN ${asked(kind)} = 0 THEN '${kind}' END`).join(', ')}], NULL)`;

const unsaid = `num_nulls(${KINDS.map(asked).join(', ')})`;

export const passwordTooSimple = defineCheck({
  id: 'password-too-simple',
  title: 'Passwords may do without capitals, digits or special characters',
  area: 'organisation',
  severity: 'low',
  context: [{ to: 'medium', when: 'isShort', because: 'they may be shorter than twelve characters as well' }],
  subject: 'policy',
  population: 'password_policies',
  needs: ['policy', 'policy.password', ...KINDS.map((kind) => `policy.password.${kind}` as const)],
  parameters: { kinds: count('Kinds of characters that are wanted', 4, { min: 1, max: 4 }) },
  ...passwordPolicies({
    where: `CASE WHEN cardinality(${missing}) > 4 - $kinds THEN true WHEN cardinality(${missing}) + ${unsaid} > 4 - $kinds THEN NULL ELSE false END`,
    seen: `'missing', ${missing}, 'minLength', ${asked('minLength')}, 'isShort', coalesce(${asked('minLength')} < 12, false)`,
    compares: KINDS,
  }),
  why: `Passwords of small letters alone are tried first. The STIG wants a capital letter, a small one, a digit and a special character; others, NIST among them, ask for length instead, and set the number of kinds to one.`,
  fix: ['Ask for the kinds that are missing, or raise the length and set this check to fewer kinds.'],
  console: { okta: ['Security > Authenticators > Password > Actions > Edit > the policy > Edit: Complexity requirements.'] },
  effort: 'minutes',
  frameworks: {
    nist: ['IA-5(1)'],
    cis: ['5.2'],
    soc2: ['CC6.1'],
    stig: ['OKTA-APP-000670', 'OKTA-APP-000680', 'OKTA-APP-000690', 'OKTA-APP-000700'],
  },
});
