import type { Check } from '../../check/check.js';
import { identityProviderFillsPrivilegedGroup } from './identity-provider-fills-privileged-group.js';
import { identityProviderKeyExpires } from './identity-provider-key-expires.js';
import { identityProviderLeftBehind } from './identity-provider-left-behind.js';
import { identityProviderMakesAccounts } from './identity-provider-makes-accounts.js';
import { identityProviderMatchesWeakly } from './identity-provider-matches-weakly.js';
import { identityProviderRestoresAccounts } from './identity-provider-restores-accounts.js';
import { identityProviderSignsInAdministrators } from './identity-provider-signs-in-administrators.js';
import { identityProviderWeaklySigned } from './identity-provider-weakly-signed.js';
import { secondFactorOfOthersBelieved } from './second-factor-of-others-believed.js';
import { smartCardIssuerNotApproved } from './smart-card-issuer-not-approved.js';
import { socialIdentityProvider } from './social-identity-provider.js';

export const IDENTITY_PROVIDER_CHECKS: readonly Check[] = [
  identityProviderSignsInAdministrators,
  identityProviderFillsPrivilegedGroup,
  identityProviderMatchesWeakly,
  identityProviderMakesAccounts,
  identityProviderRestoresAccounts,
  socialIdentityProvider,
  secondFactorOfOthersBelieved,
  identityProviderWeaklySigned,
  smartCardIssuerNotApproved,
  identityProviderKeyExpires,
  identityProviderLeftBehind,
];
