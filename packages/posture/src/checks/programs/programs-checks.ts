import type { Check } from '../../check/check.js';
import { programWithAWayToTierZero } from './program-with-a-way-to-tier-zero.js';

export const PROGRAM_CHECKS: readonly Check[] = [programWithAWayToTierZero];
