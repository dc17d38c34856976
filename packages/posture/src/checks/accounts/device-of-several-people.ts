import { defineCheck } from '../../check/check.js';
import { count } from '../../check/parameter.js';
import { firstOf } from '../../sql/lists.js';

export const deviceOfSeveralPeople = defineCheck({
  id: 'device-of-several-people',
  title: 'Device that several accounts have enrolled',
  area: 'accounts',
  severity: 'medium',
  context: [{ to: 'low', when: 'isManaged', because: 'the organisation manages the device' }],
  subject: 'account_device',
  population: 'account_devices',
  needs: ['account', 'account_device'],
  parameters: { most: count('Accounts that one device may have', 1, { min: 1, max: 1_000 }) },
  // Each who has it, so that what is said of the others stays when it is taken from one.
  sql: `WITH enrolled AS (
      SELECT v.key, v.device, v.name, v.platform, v.managed, coalesce(a.login, a.key) AS login
      FROM account_devices v JOIN accounts a ON a.integration_id = $integration AND a.key = v.account COLLATE "C" AND a.removed_at IS NULL
        AND a.status <> 'deprovisioned'
      WHERE v.integration_id = $integration AND v.removed_at IS NULL AND v.status NOT IN ('inactive', 'suspended')
    )
    SELECT e.key, jsonb_build_object('name', e.name, 'platform', e.platform, 'accounts', d.accounts, 'accountCount', d.count, 'allowed', $most,
      'isManaged', d.managed) AS evidence
    FROM enrolled e JOIN (
      SELECT n.device, ${firstOf('n.login')} AS accounts, count(*) AS count, coalesce(bool_and(n.managed), false) AS managed
      FROM enrolled n GROUP BY n.device HAVING count(*) > $most
    ) d ON d.device = e.device`,
  why: `An authenticator says that somebody has the device, and here that is true of more than one person: each can approve for the other. It may also be the telephone of an attacker, enrolled for one account after another.`,
  fix: [
    'Ask each of the owners whether they know the device and the other accounts.',
    'Remove it from the accounts that it does not belong to.',
    'Where people must share one, use a device that the organisation manages, and security keys.',
  ],
  console: { okta: ['Directory > Devices > the device > Users: remove those it does not belong to.'] },
  action: 'reset_authenticator',
  effort: 'minutes',
  frameworks: { nist: ['IA-3', 'IA-5'], cis: ['6.3'], soc2: ['CC6.1', 'CC7.2'] },
});
