import type { Check } from '../../check/check.js';
import { accountWithAWayToTierZero } from './account-with-a-way-to-tier-zero.js';
import { administratorWithoutSecondFactor } from './administrator-without-second-factor.js';
import { tooManySuperAdministrators } from './too-many-super-administrators.js';

export const ADMINISTRATOR_CHECKS: readonly Check[] = [
  accountWithAWayToTierZero,
  administratorWithoutSecondFactor,
  tooManySuperAdministrators,
];
