import { defineCheck } from '../../check/check.js';
import { isOn, isSensitive, SENSITIVE } from '../../sql/sensitive-applications.js';

export const signOutLeavesApplicationOpen = defineCheck({
  id: 'sign-out-leaves-application-open',
  title: 'Application that stays open when sessions are ended',
  area: 'applications',
  severity: 'low',
  context: [{ to: 'medium', when: 'isSensitive', because: 'the application opens much' }],
  subject: 'application',
  population: 'applications',
  needs: ['application', 'application.endsSessions'],
  parameters: { sensitive: SENSITIVE },
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'isSensitive', ${isSensitive('t')}) AS evidence
    FROM applications t WHERE ${isOn('t')} AND t.ends_sessions IS FALSE`,
  why: `When an account was taken over, its sessions are ended at the provider. In this application the attacker stays signed in all the same, often for days, and goes on working while everybody believes that it is over.`,
  fix: [
    'Switch on, where the application can do it, that ending a session ends it there too.',
    'Otherwise let its own sessions be short, and write down how they are ended by hand.',
  ],
  console: { okta: ['Applications > the application > Sign On > Logout: Universal Logout.'] },
  effort: 'hours',
  frameworks: { nist: ['AC-12'], cis: ['6.2'], soc2: ['CC6.1', 'CC6.2'] },
});
