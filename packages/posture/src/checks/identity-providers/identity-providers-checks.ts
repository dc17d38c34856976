import type { Check } from '../../check/check.js';

export const IDENTITY_PROVIDER_CHECKS: readonly Check[] = [];
