import type { IdentityProviderTrust } from '@castellan/connector-sdk';
import type { ObjectReader } from './object-reader.js';

/** Source of all tables: Okta management API, `IdentityProvider` and its parts. */
const CATEGORY: Readonly<Record<string, IdentityProviderTrust['category']>> = {
  SAML2: 'federation',
  OIDC: 'federation',
  OKTA_INTEGRATION: 'federation',
  X509: 'smart_card',
  AMAZON: 'social',
  APPLE: 'social',
  DISCORD: 'social',
  FACEBOOK: 'social',
  GITHUB: 'social',
  GITLAB: 'social',
  GOOGLE: 'social',
  LINKEDIN: 'social',
  // Every resident may open an account there.
  LOGINGOV: 'social',
  LOGINGOV_SANDBOX: 'social',
  MICROSOFT: 'social',
  PAYPAL: 'social',
  PAYPAL_SANDBOX: 'social',
  SALESFORCE: 'social',
  SPOTIFY: 'social',
  XERO: 'social',
  YAHOO: 'social',
  YAHOOJP: 'social',
  IDV_CLEAR: 'verification',
  IDV_INCODE: 'verification',
  IDV_PERSONA: 'verification',
  IDV_STANDARD: 'verification',
};

const MATCH: Readonly<Record<string, NonNullable<IdentityProviderTrust['match']>>> = {
  USERNAME: 'login',
  EMAIL: 'email',
  USERNAME_OR_EMAIL: 'login_or_email',
  CUSTOM_ATTRIBUTE: 'attribute',
};

const GROUP_ACTION: Readonly<Record<string, NonNullable<IdentityProviderTrust['groupAction']>>> = {
  NONE: 'none',
  ASSIGN: 'assign',
  APPEND: 'append',
  SYNC: 'sync',
};

const RESTORES: Readonly<Record<string, boolean>> = { NONE: false, REACTIVATE: true, UNSUSPEND: true };
/** What must be signed. `ANY`: one of the two will do, so the whole need not be. */
const SIGNED_WHOLE: Readonly<Record<string, boolean>> = { RESPONSE: true, TOKEN: false, ANY: false };
const REVOCATION: Readonly<Record<string, boolean>> = { CRL: true, DELTA_CRL: true, OCSP: true };

/** Whom an identity provider may sign in, and what becomes of them: of its type, its `protocol` and its `policy`. */
export function identityProviderTrust(idp: ObjectReader, protocol: ObjectReader, policy: ObjectReader): IdentityProviderTrust {
  const subject = policy.child('subject');
  const provisioning = policy.child('provisioning');
  const conditions = provisioning.child('conditions');
  const skew = policy.number('maxClockSkew');
  return {
    category: idp.oneOf<IdentityProviderTrust['category']>('type', CATEGORY, 'unknown'),
    match: subject.optionalOneOf<IdentityProviderTrust['match']>('matchType', MATCH, 'unknown'),
    subjectFilter: subject.filled('filter'),
    subjectTemplate: subject.child('userNameTemplate').filled('template'),
    ...linkingOf(policy),
    restoresDeprovisioned: conditions.child('deprovisioned').optionalOneOf<boolean | null>('action', RESTORES, null),
    restoresSuspended: conditions.child('suspended').optionalOneOf<boolean | null>('action', RESTORES, null),
    ...groupsOf(provisioning.child('groups')),
    profileSource: provisioning.boolean('profileMaster'),
    trustsAuthentication: trustsAuthentication(policy.boolean('trustClaims'), policy.boolean('mapAMRClaims')),
    ...signatureOf(protocol),
    clockSkewSeconds: skew === null ? null : skew / 1_000,
    revocationChecked: protocol
      .child('credentials')
      .child('trust')
      .optionalOneOf<boolean | null>('revocation', REVOCATION, null),
  };
}

/** A filter that is not there, or does not speak of administrators, excludes none: such is Okta's default. */
function linkingOf(policy: ObjectReader): Pick<IdentityProviderTrust, 'linkOnlyGroups' | 'linkNotAdministrators'> {
  const filter = policy.child('accountLink').child('filter');
  const users = filter.child('users');
  const excluded = users.has('excludeAdmins') ? users.boolean('excludeAdmins') : false;
  return {
    linkOnlyGroups: filter.child('groups').strings('include'),
    linkNotAdministrators: policy.has('accountLink') ? excluded : null,
  };
}

/** `assignments` are the fixed groups, `filter` those that the other system may name. */
function groupsOf(groups: ObjectReader): Pick<IdentityProviderTrust, 'groupAction' | 'groups'> {
  const groupAction = groups.optionalOneOf<IdentityProviderTrust['groupAction']>('action', GROUP_ACTION, 'unknown');
  if (groupAction === 'assign') return { groupAction, groups: groups.strings('assignments') };
  const named = groupAction === 'append' || groupAction === 'sync';
  return { groupAction, groups: named ? groups.strings('filter') : [] };
}

/** The claims that are believed have had two names. */
function trustsAuthentication(claims: boolean | null, amr: boolean | null): boolean | null {
  return claims === null && amr === null ? null : claims === true || amr === true;
}

/** Of what comes from there; `algorithms.request` is what Okta signs its own requests with. */
function signatureOf(protocol: ObjectReader): Pick<IdentityProviderTrust, 'signatureAlgorithm' | 'responseSigned'> {
  const signature = protocol.child('algorithms').child('response').child('signature');
  return {
    signatureAlgorithm: signature.string('algorithm'),
    responseSigned: signature.optionalOneOf<boolean | null>('scope', SIGNED_WHOLE, null),
  };
}
