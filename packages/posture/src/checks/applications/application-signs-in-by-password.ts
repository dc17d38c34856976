import { defineCheck } from '../../check/check.js';
import { hasNone } from '../../sql/has-none.js';
import { isOn } from '../../sql/sensitive-applications.js';

const said = (name: string): string => `coalesce((t.stored_password ->> '${name}')::boolean, false)`;

export const applicationSignsInByPassword = defineCheck({
  id: 'application-signs-in-by-password',
  title: 'Application that is signed in to by a password which the provider keeps',
  area: 'applications',
  severity: 'high',
  context: [
    { to: 'low', when: 'isUnassigned', because: 'it is assigned to nobody' },
    { to: 'critical', when: 'isOwnPassword', because: 'it is the password that people have at the provider itself' },
  ],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'application.signOnMethod', 'app_assignment'],
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'signOnMethod', t.sign_on_method, 'isShared', ${said('shared')},
      'isRevealed', ${said('revealed')}, 'chosenBy', t.stored_password ->> 'chosenBy',
      'isOwnPassword', coalesce(t.stored_password ->> 'chosenBy' = 'provider', false),
      'isUnassigned', ${hasNone('app_assignments', 't')}) AS evidence
    FROM applications t WHERE ${isOn('t')} AND t.sign_on_method IN ('stored_password', 'basic')`,
  why: `The password is typed into a page by the browser, and whatever sits in the browser can read it. It goes on working when somebody has left, past every second factor; where several people share one, nobody can say who it was.`,
  fix: [
    'Ask the maker of the application whether it can do SAML or OpenID Connect, and change to that.',
    'If it cannot: one password for each person, long and random, that nobody is shown.',
    'Change a shared password each time that somebody leaves.',
  ],
  console: {
    okta: [
      'Applications > Browse App Catalog: look whether the same application is offered with SAML or OIDC.',
      'Applications > the application > Sign On: how the credentials are kept, and whether they may be revealed.',
    ],
  },
  effort: 'days',
  frameworks: { nist: ['IA-2', 'IA-5'], cis: ['5.6', '6.7'], soc2: ['CC6.1'] },
});
