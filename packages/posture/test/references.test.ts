import { defineCheck } from '../src/check/check.js';
import { accountNotUsed } from '../src/checks/accounts/account-not-used.js';

// A wrong reference must not compile: where one did, the type checker would complain of the comment above it, and the build would fail.
// Scopes are written in no check: they follow from the streams that bring the kinds.
test('a check that names what does not exist is refused', () => {
  // @ts-expect-error there is no such kind
  defineCheck({ ...accountNotUsed, needs: ['acount'] });
  // @ts-expect-error the kind has no such field
  defineCheck({ ...accountNotUsed, needs: ['account.lastSignInAt'] });
  // @ts-expect-error there is no such area of settings
  defineCheck({ ...accountNotUsed, needs: ['setting:threats'] });
  // @ts-expect-error there is no such control
  defineCheck({ ...accountNotUsed, frameworks: { nist: ['AC-99'] } });
  // @ts-expect-error there is no such requirement
  defineCheck({ ...accountNotUsed, frameworks: { stig: ['APP-999999'] } });
  // @ts-expect-error there is no such action
  defineCheck({ ...accountNotUsed, action: 'delete_everything' });
  expect(() =>
    defineCheck({ ...accountNotUsed, sql: `SELECT $hours FROM accounts WHERE integration_id = $integration` }),
  ).toThrow('Check account-not-used: $hours is none of its parameters.');
  expect(() => defineCheck({ ...accountNotUsed, sql: 'SELECT 1' })).toThrow('its statement does not name $integration.');
  expect(() => defineCheck({ ...accountNotUsed, id: 'Unused' })).toThrow('its id is not words in small letters');
});
