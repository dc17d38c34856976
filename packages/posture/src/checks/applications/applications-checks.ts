import type { Check } from '../../check/check.js';
import { applicationWithAWayToTierZero } from './application-with-a-way-to-tier-zero.js';
import { applicationReceivesPasswords } from './application-receives-passwords.js';

export const APPLICATION_CHECKS: readonly Check[] = [applicationWithAWayToTierZero, applicationReceivesPasswords];
