import type { Check } from '../../check/check.js';

export const PROGRAM_CHECKS: readonly Check[] = [];
