import type { PasswordRequirements } from '@castellan/connector-sdk';
import type { ObjectReader } from './object-reader.js';

/** Okta's names of the ways to get a new password, and ours. */
const RECOVERY: readonly (readonly [factor: string, way: string])[] = [
  ['okta_email', 'email'],
  ['okta_sms', 'sms'],
  ['okta_call', 'call'],
  ['recovery_question', 'question'],
];

/** @param settings of a policy; `null` when they are not about passwords. */
export function passwordRequirements(settings: ObjectReader): PasswordRequirements | null {
  if (!settings.has('password')) return null;
  const password = settings.child('password');
  const complexity = password.child('complexity');
  const age = password.child('age');
  const lockout = password.child('lockout');
  return {
    minLength: complexity.number('minLength'),
    minLowerCase: complexity.number('minLowerCase'),
    minUpperCase: complexity.number('minUpperCase'),
    minNumber: complexity.number('minNumber'),
    minSymbol: complexity.number('minSymbol'),
    commonRefused: complexity.child('dictionary').child('common').boolean('exclude'),
    loginRefused: complexity.boolean('excludeUsername'),
    minAgeMinutes: age.number('minAgeMinutes'),
    maxAgeDays: age.number('maxAgeDays'),
    history: age.number('historyCount'),
    maxAttempts: lockout.number('maxAttempts'),
    unlockMinutes: lockout.number('autoUnlockMinutes'),
    recovery: recoveryOf(settings.child('recovery')),
  };
}

function recoveryOf(recovery: ObjectReader): readonly string[] {
  const factors = recovery.child(
    'factors',
    RECOVERY.map(([factor]) => factor),
  );
  return RECOVERY.filter(([factor]) => factors.child(factor).string('status') === 'ACTIVE').map(([, way]) => way);
}
