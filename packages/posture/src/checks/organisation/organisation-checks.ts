import type { Check } from '../../check/check.js';
import { administratorRecoversPasswordEasily } from './administrator-recovers-password-easily.js';
import { anonymisersLetIn } from './anonymisers-let-in.js';
import { applicationPolicyWithoutNetwork } from './application-policy-without-network.js';
import { applicationRuleWithoutSecondFactor } from './application-rule-without-second-factor.js';
import { authenticatorAppWithoutValidatedCryptography } from './authenticator-app-without-validated-cryptography.js';
import { badAddressesLetIn } from './bad-addresses-let-in.js';
import { commonPasswordAccepted } from './common-password-accepted.js';
import { consoleSessionTooLong } from './console-session-too-long.js';
import { consoleWithoutPhishingResistance } from './console-without-phishing-resistance.js';
import { consoleWithoutSecondFactor } from './console-without-second-factor.js';
import { dashboardWithoutPhishingResistance } from './dashboard-without-phishing-resistance.js';
import { dashboardWithoutSecondFactor } from './dashboard-without-second-factor.js';
import { enrolmentWithoutPhishingResistance } from './enrolment-without-phishing-resistance.js';
import { logNotSentElsewhere } from './log-not-sent-elsewhere.js';
import { logWithoutRecentEvents } from './log-without-recent-events.js';
import { noNetworkZone } from './no-network-zone.js';
import { passwordChangedBackAtOnce } from './password-changed-back-at-once.js';
import { passwordKeptTooLong } from './password-kept-too-long.js';
import { passwordTooShort } from './password-too-short.js';
import { passwordTooSimple } from './password-too-simple.js';
import { passwordUsedAgain } from './password-used-again.js';
import { passwordsTriedWithoutLock } from './passwords-tried-without-lock.js';
import { secondFactorNeverEnrolled } from './second-factor-never-enrolled.js';
import { securityNoticesOff } from './security-notices-off.js';
import { sessionIdleTooLong } from './session-idle-too-long.js';
import { sessionLastsTooLong } from './session-lasts-too-long.js';
import { sessionOutlivesBrowser } from './session-outlives-browser.js';
import { sessionPolicyWithoutNetwork } from './session-policy-without-network.js';
import { signInBannerMissing } from './sign-in-banner-missing.js';
import { smartCardNotAccepted } from './smart-card-not-accepted.js';
import { supportAccessLeftOn } from './support-access-left-on.js';
import { unusedAccountsStayOn } from './unused-accounts-stay-on.js';
import { unusualSignInNotAlwaysAsked } from './unusual-sign-in-not-always-asked.js';
import { weakSignInMethodOn } from './weak-sign-in-method-on.js';

export const ORGANISATION_CHECKS: readonly Check[] = [
  consoleWithoutSecondFactor,
  consoleWithoutPhishingResistance,
  applicationRuleWithoutSecondFactor,
  dashboardWithoutSecondFactor,
  enrolmentWithoutPhishingResistance,
  badAddressesLetIn,
  logWithoutRecentEvents,
  secondFactorNeverEnrolled,
  administratorRecoversPasswordEasily,
  supportAccessLeftOn,
  dashboardWithoutPhishingResistance,
  consoleSessionTooLong,
  sessionLastsTooLong,
  sessionIdleTooLong,
  sessionOutlivesBrowser,
  unusualSignInNotAlwaysAsked,
  commonPasswordAccepted,
  passwordTooShort,
  passwordsTriedWithoutLock,
  anonymisersLetIn,
  weakSignInMethodOn,
  unusedAccountsStayOn,
  logNotSentElsewhere,
  securityNoticesOff,
  sessionPolicyWithoutNetwork,
  applicationPolicyWithoutNetwork,
  noNetworkZone,
  passwordTooSimple,
  passwordKeptTooLong,
  passwordUsedAgain,
  passwordChangedBackAtOnce,
  authenticatorAppWithoutValidatedCryptography,
  smartCardNotAccepted,
  signInBannerMissing,
];
