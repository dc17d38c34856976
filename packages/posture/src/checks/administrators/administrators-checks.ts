import type { Check } from '../../check/check.js';
import { administratorWithoutSecondFactor } from './administrator-without-second-factor.js';
import { tooManySuperAdministrators } from './too-many-super-administrators.js';

export const ADMINISTRATOR_CHECKS: readonly Check[] = [administratorWithoutSecondFactor, tooManySuperAdministrators];
