import { defineCheck } from '../../check/check.js';
import { percent, texts } from '../../check/parameter.js';

const PERSONAL = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'proton.me',
  'protonmail.com',
  'mail.ru',
  'yandex.ru',
  'qq.com',
  '163.com',
];

export const accountWithForeignAddress = defineCheck({
  id: 'account-with-foreign-address',
  title: 'Account with an address outside of the organisation',
  area: 'accounts',
  severity: 'medium',
  context: [
    { to: 'low', when: 'isSuspended', because: 'the account is suspended' },
    { to: 'high', when: 'isPersonal', because: 'the address is a mailbox of the kind that anybody can have' },
  ],
  subject: 'account',
  population: 'accounts',
  needs: ['account', 'account.email'],
  parameters: {
    domains: texts('Domains of the organisation, with those below them; none: those that many accounts have', []),
    percent: percent('Share of accounts that makes a domain one of the organisation, where none is named', 5),
    personal: texts('Domains where anybody can have a mailbox', PERSONAL),
    expected: texts('User types that may have such an address', []),
  },
  sql: `WITH addressed AS (
      SELECT a.key, a.login, a.email, a.status, a.user_type, lower(split_part(a.email, '@', 2)) AS domain FROM accounts a
      WHERE a.integration_id = $integration AND a.removed_at IS NULL AND a.status <> 'deprovisioned' AND a.email LIKE '%_@_%'
    ), personal AS (
      SELECT lower(w) AS domain FROM unnest($personal) AS w
    ), counted AS (
      SELECT d.domain, count(*) AS many, sum(count(*)) OVER () AS total FROM addressed d GROUP BY d.domain
    ), own AS (
      SELECT lower(w) AS domain FROM unnest($domains) AS w
      UNION
      SELECT c.domain FROM counted c WHERE cardinality($domains) = 0 AND 100 * c.many >= $percent * c.total
        AND c.domain NOT IN (SELECT p.domain FROM personal p)
    ), foreign_domains AS (
      SELECT c.domain FROM counted c WHERE EXISTS (SELECT 1 FROM own)
        AND NOT EXISTS (SELECT 1 FROM own o WHERE c.domain = o.domain OR right(c.domain, length(o.domain) + 1) = '.' || o.domain)
    )
    SELECT d.key, jsonb_build_object('login', d.login, 'email', d.email, 'domain', d.domain, 'userType', d.user_type,
      'isSuspended', d.status = 'suspended', 'isPersonal', d.domain IN (SELECT p.domain FROM personal p)) AS evidence
    FROM addressed d JOIN foreign_domains f ON f.domain = d.domain
    WHERE NOT EXISTS (SELECT 1 FROM unnest($expected) AS e WHERE lower(e) = lower(d.user_type))`,
  why: `What is sent to reset a password goes to a mailbox that the organisation does not see, cannot close and cannot ask for a second factor. It stays with the person, or with their employer, when the work here has ended.`,
  fix: [
    'Ask who invited the account, and for how long it is needed.',
    'Give people who work here an address of the organisation.',
    'For guests: a user type of their own, a second factor, and an end.',
    'Name the domains of the organisation in this check, and the types that may be foreign.',
  ],
  console: { okta: ['Directory > People > the person > Profile > Edit: Primary email.'] },
  action: 'suspend_account',
  effort: 'minutes',
  frameworks: { nist: ['AC-2', 'AC-20', 'IA-8'], cis: ['5.1', '15.7'], soc2: ['CC6.2', 'CC9.2'] },
});
