import type { Check } from '../../check/check.js';
import { applicationReceivesPasswords } from './application-receives-passwords.js';

export const APPLICATION_CHECKS: readonly Check[] = [applicationReceivesPasswords];
