import type { Check } from '../../check/check.js';
import { accountNeverUsed } from './account-never-used.js';
import { accountNotUsed } from './account-not-used.js';
import { accountOfNobody } from './account-of-nobody.js';
import { accountStuck } from './account-stuck.js';
import { accountWithForeignAddress } from './account-with-foreign-address.js';
import { accountWithOldPassword } from './account-with-old-password.js';
import { accountWithWeakFactorsOnly } from './account-with-weak-factors-only.js';
import { accountWithoutSecondFactor } from './account-without-second-factor.js';
import { deviceOfSeveralPeople } from './device-of-several-people.js';
import { fewPhishingResistantAccounts } from './few-phishing-resistant-accounts.js';
import { loginLooksLikeAdministrator } from './login-looks-like-administrator.js';
import { programActsForGoneAccount } from './program-acts-for-gone-account.js';
import { programWithBroadConsent } from './program-with-broad-consent.js';
import { recoveryByQuestion } from './recovery-by-question.js';
import { secondAccountOfPerson } from './second-account-of-person.js';
import { serviceAccountSignsIn } from './service-account-signs-in.js';
import { serviceAccountWithoutSecondFactor } from './service-account-without-second-factor.js';
import { suspendedAccountKeepsAccess } from './suspended-account-keeps-access.js';
import { switchedOffAccountKeepsAccess } from './switched-off-account-keeps-access.js';
import { switchedOffDeviceStillEnrolled } from './switched-off-device-still-enrolled.js';
import { tokenForProgramNotUsed } from './token-for-program-not-used.js';

export const ACCOUNT_CHECKS: readonly Check[] = [
  accountWithoutSecondFactor,
  switchedOffAccountKeepsAccess,
  programActsForGoneAccount,
  accountWithWeakFactorsOnly,
  fewPhishingResistantAccounts,
  accountWithForeignAddress,
  loginLooksLikeAdministrator,
  suspendedAccountKeepsAccess,
  accountNotUsed,
  accountNeverUsed,
  serviceAccountWithoutSecondFactor,
  serviceAccountSignsIn,
  programWithBroadConsent,
  tokenForProgramNotUsed,
  deviceOfSeveralPeople,
  accountWithOldPassword,
  accountStuck,
  secondAccountOfPerson,
  accountOfNobody,
  switchedOffDeviceStillEnrolled,
  recoveryByQuestion,
];
