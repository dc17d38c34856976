import type { Check } from '../../check/check.js';
import { badAddressesLetIn } from './bad-addresses-let-in.js';

export const ORGANISATION_CHECKS: readonly Check[] = [badAddressesLetIn];
