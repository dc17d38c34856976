import type { Check } from '../../check/check.js';
import { accountWithAWayToTierZero } from './account-with-a-way-to-tier-zero.js';
import { administratorAccountUsedForDailyWork } from './administrator-account-used-for-daily-work.js';
import { administratorFromOtherDirectory } from './administrator-from-other-directory.js';
import { administratorLinkedToIdentityProvider } from './administrator-linked-to-identity-provider.js';
import { administratorNotUsed } from './administrator-not-used.js';
import { administratorOpenToPhishing } from './administrator-open-to-phishing.js';
import { administratorWithOldPassword } from './administrator-with-old-password.js';
import { administratorWithWeakFactor } from './administrator-with-weak-factor.js';
import { administratorWithoutSecondFactor } from './administrator-without-second-factor.js';
import { administratorWithoutSpareFactor } from './administrator-without-spare-factor.js';
import { customRoleOverEverything } from './custom-role-over-everything.js';
import { newProgramsGetEveryRight } from './new-programs-get-every-right.js';
import { programWithRole } from './program-with-role.js';
import { programWithRoleButNoScope } from './program-with-role-but-no-scope.js';
import { programWithScopesButNoRole } from './program-with-scopes-but-no-role.js';
import { roleGivenToAPerson } from './role-given-to-a-person.js';
import { roleNotNarrowed } from './role-not-narrowed.js';
import { roleOnGroupFilledAutomatically } from './role-on-group-filled-automatically.js';
import { roleOnGroupOwnedByOthers } from './role-on-group-owned-by-others.js';
import { roleOnLargeGroup } from './role-on-large-group.js';
import { roleWithoutEnd } from './role-without-end.js';
import { thirdPartyAdministratorsAllowed } from './third-party-administrators-allowed.js';
import { tooFewSuperAdministrators } from './too-few-super-administrators.js';
import { tooManyAdministrators } from './too-many-administrators.js';
import { tooManySuperAdministrators } from './too-many-super-administrators.js';

export const ADMINISTRATOR_CHECKS: readonly Check[] = [
  accountWithAWayToTierZero,
  administratorWithoutSecondFactor,
  tooManySuperAdministrators,
  newProgramsGetEveryRight,
  administratorNotUsed,
  administratorOpenToPhishing,
  roleOnGroupFilledAutomatically,
  roleOnGroupOwnedByOthers,
  roleOnLargeGroup,
  customRoleOverEverything,
  programWithRole,
  administratorLinkedToIdentityProvider,
  administratorFromOtherDirectory,
  thirdPartyAdministratorsAllowed,
  tooFewSuperAdministrators,
  administratorWithWeakFactor,
  administratorWithOldPassword,
  roleNotNarrowed,
  programWithRoleButNoScope,
  tooManyAdministrators,
  programWithScopesButNoRole,
  administratorWithoutSpareFactor,
  administratorAccountUsedForDailyWork,
  roleGivenToAPerson,
  roleWithoutEnd,
];
