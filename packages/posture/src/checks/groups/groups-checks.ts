import type { Check } from '../../check/check.js';

export const GROUP_CHECKS: readonly Check[] = [];
