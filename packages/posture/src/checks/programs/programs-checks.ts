import type { Check } from '../../check/check.js';
import { apiTokenOfPerson } from './api-token-of-person.js';
import { apiTokenOfSuperAdministrator } from './api-token-of-super-administrator.js';
import { apiTokenOfSwitchedOffOwner } from './api-token-of-switched-off-owner.js';
import { apiTokenTooOld } from './api-token-too-old.js';
import { apiTokenWorksAnywhere } from './api-token-works-anywhere.js';
import { programWithAWayToTierZero } from './program-with-a-way-to-tier-zero.js';
import { programWithBroadScopes } from './program-with-broad-scopes.js';
import { programWithManyScopes } from './program-with-many-scopes.js';
import { programWithoutBoundTokens } from './program-without-bound-tokens.js';

export const PROGRAM_CHECKS: readonly Check[] = [
  programWithAWayToTierZero,
  apiTokenOfSuperAdministrator,
  apiTokenOfSwitchedOffOwner,
  programWithBroadScopes,
  apiTokenWorksAnywhere,
  apiTokenTooOld,
  programWithoutBoundTokens,
  programWithManyScopes,
  apiTokenOfPerson,
];
