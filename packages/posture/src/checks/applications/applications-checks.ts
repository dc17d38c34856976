import type { Check } from '../../check/check.js';
import { applicationWithAWayToTierZero } from './application-with-a-way-to-tier-zero.js';
import { accountsWrittenToUnsafeAddress } from './accounts-written-to-unsafe-address.js';
import { anotherOrganisationJoined } from './another-organisation-joined.js';
import { applicationKeepsThoseWhoLeave } from './application-keeps-those-who-leave.js';
import { applicationNotUsed } from './application-not-used.js';
import { applicationReceivesPasswords } from './application-receives-passwords.js';
import { applicationSignsInByPassword } from './application-signs-in-by-password.js';
import { applicationSwitchedOff } from './application-switched-off.js';
import { applicationThatPeopleAddThemselves } from './application-that-people-add-themselves.js';
import { keyAboutToExpire } from './key-about-to-expire.js';
import { oauthClientWithUnsafeGrants } from './oauth-client-with-unsafe-grants.js';
import { oauthClientWithoutAuthentication } from './oauth-client-without-authentication.js';
import { oauthClientWithoutProofKey } from './oauth-client-without-proof-key.js';
import { oldClientSecret } from './old-client-secret.js';
import { severalClientSecrets } from './several-client-secrets.js';
import { signOutLeavesApplicationOpen } from './sign-out-leaves-application-open.js';
import { unsafeRedirectAddress } from './unsafe-redirect-address.js';
import { weaklySignedAssertions } from './weakly-signed-assertions.js';

export const APPLICATION_CHECKS: readonly Check[] = [
  applicationWithAWayToTierZero,
  applicationReceivesPasswords,
  accountsWrittenToUnsafeAddress,
  oauthClientWithoutAuthentication,
  oauthClientWithUnsafeGrants,
  oauthClientWithoutProofKey,
  unsafeRedirectAddress,
  applicationSignsInByPassword,
  anotherOrganisationJoined,
  applicationKeepsThoseWhoLeave,
  weaklySignedAssertions,
  oldClientSecret,
  severalClientSecrets,
  keyAboutToExpire,
  applicationThatPeopleAddThemselves,
  signOutLeavesApplicationOpen,
  applicationNotUsed,
  applicationSwitchedOff,
];
