import { defineCheck } from '../../check/check.js';
import { instant } from '../../sql/evidence.js';

export const switchedOffDeviceStillEnrolled = defineCheck({
  id: 'switched-off-device-still-enrolled',
  title: 'Device that is switched off, and still belongs to an account',
  area: 'accounts',
  severity: 'low',
  context: [{ to: 'medium', when: 'isUnmanaged', because: 'nobody manages the device, so that nobody can wipe it' }],
  subject: 'account_device',
  population: 'account_devices',
  needs: ['account', 'account_device'],
  sql: `SELECT v.key, jsonb_build_object('login', a.login, 'name', v.name, 'platform', v.platform, 'status', v.status,
      'isUnmanaged', coalesce(NOT v.managed, false), 'enrolledAt', ${instant('v.created_at')}) AS evidence
    FROM account_devices v JOIN accounts a ON a.integration_id = $integration AND a.key = v.account COLLATE "C" AND a.removed_at IS NULL
        AND a.status <> 'deprovisioned'
    WHERE v.integration_id = $integration AND v.removed_at IS NULL AND v.status IN ('inactive', 'suspended')`,
  why: `It was lost, sold or replaced, and is known still. When it is switched on again it counts as one of the account's own, with the authenticator that is on it.`,
  fix: [
    'Ask the owner where the device is.',
    'Delete it from the account, with the authenticators that are on it.',
    'If it was lost: end the sessions and change the password too.',
  ],
  console: { okta: ['Directory > Devices > the device > Actions > Delete.'] },
  action: 'reset_authenticator',
  effort: 'minutes',
  frameworks: { nist: ['IA-3', 'CM-8'], cis: ['6.2'], soc2: ['CC6.1'] },
});
