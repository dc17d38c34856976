import type { Check } from '../../check/check.js';
import { accountNotUsed } from './account-not-used.js';

export const ACCOUNT_CHECKS: readonly Check[] = [accountNotUsed];
