import type { OktaObject, Org } from '@castellan/okta-simulator';
import { administratorsOf, at, DAY, idpsOf, ids, type Keys, number, text, texts, time } from './state.js';

const those = (isWeak: (idp: OktaObject, org: Org, now: number) => boolean) => (org: Org, now: number) =>
  ids(idpsOf(org).filter((idp) => isWeak(idp, org, now)));

const isSmartCard = (idp: OktaObject): boolean => idp['type'] === 'X509';
/** Neither of another organisation nor a card: anybody can have an account there. */
const isSocial = (idp: OktaObject): boolean => !['SAML2', 'OIDC', 'X509'].includes(text(idp, 'type'));

const hasRole = (org: Org, group: string): boolean => org.administration.holdsRole({ kind: 'group', id: group });

/** Groups that the other system can put people into. */
function filledBy(org: Org, idp: OktaObject): readonly string[] {
  const groups = at(idp, 'policy', 'provisioning', 'groups');
  if (text(groups, 'action') === 'ASSIGN') return texts(groups, 'assignments');
  if (!['APPEND', 'SYNC'].includes(text(groups, 'action'))) return [];
  const filter = texts(groups, 'filter');
  const own = [...org.directory.groups.values()].filter(({ type }) => type === 'OKTA_GROUP');
  return filter.length > 0 ? filter : ids(own);
}

export function mayLink(org: Org, idp: OktaObject, user: string, isAdministrator: boolean): boolean {
  if (text(idp, 'policy', 'accountLink', 'action') !== 'AUTO') return false;
  const filter = at(idp, 'policy', 'accountLink', 'filter');
  if (isAdministrator && at(filter, 'users', 'excludeAdmins') === true) return false;
  const only = texts(filter, 'groups', 'include');
  return only.length === 0 || only.some((group) => org.directory.members(group).has(user));
}

/** What people write into their own profile at the other system, as the check page shows it. */
const CHOSEN = /\b(displayName|nickName|firstName|lastName|secondEmail|mobilePhone|preferredUsername|preferred_username)\b/i;

export const IDENTITY_PROVIDERS: Keys = {
  'identity-provider-fills-privileged-group': those((idp, org) => filledBy(org, idp).some((group) => hasRole(org, group))),
  'identity-provider-key-expires': those((idp, org, now) => {
    const credentials = at(idp, 'protocol', 'credentials');
    const kids = [text(credentials, 'trust', 'kid'), text(credentials, 'signing', 'kid')];
    return kids.some((kid) => time(org.identityProviders.keys.get(kid), 'expiresAt') < now + 30 * DAY);
  }),
  // Who signs in by a card need not be linked.
  'identity-provider-left-behind': (org, now) =>
    ids(
      [...org.identityProviders.idps.values()]
        .filter((idp) => time(idp, 'created') < now - 60 * DAY)
        .filter((idp) => idp['status'] !== 'ACTIVE' || (!isSmartCard(idp) && org.identityProviders.users(idp.id).size === 0)),
    ),
  'identity-provider-makes-accounts': those((idp) => text(idp, 'policy', 'provisioning', 'action') === 'AUTO'),
  'identity-provider-matches-weakly': those((idp) => {
    const subject = at(idp, 'policy', 'subject');
    const isOpen = at(subject, 'filter') === null && !isSmartCard(idp);
    const isAmbiguous = text(subject, 'matchType') !== 'USERNAME';
    const isChosen = CHOSEN.test(text(subject, 'userNameTemplate', 'template'));
    return text(idp, 'policy', 'accountLink', 'action') !== 'DISABLED' && (isOpen || isAmbiguous || isChosen);
  }),
  'identity-provider-restores-accounts': those((idp) => {
    const conditions = at(idp, 'policy', 'provisioning', 'conditions');
    return (
      text(conditions, 'deprovisioned', 'action') === 'REACTIVATE' || text(conditions, 'suspended', 'action') === 'UNSUSPEND'
    );
  }),
  'identity-provider-signs-in-administrators': those((idp, org) =>
    [...administratorsOf(org).keys()].some(
      (user) => mayLink(org, idp, user, true) || org.identityProviders.users(idp.id).has(user),
    ),
  ),
  'identity-provider-weakly-signed': those((idp) => {
    const signature = at(idp, 'protocol', 'algorithms', 'response', 'signature');
    const isUnsigned = ['ANY', 'TOKEN'].includes(text(signature, 'scope'));
    return text(signature, 'algorithm') === 'SHA-1' || isUnsigned || number(idp, 'policy', 'maxClockSkew') > 5 * 60_000;
  }),
  'second-factor-of-others-believed': those(
    (idp) => at(idp, 'policy', 'trustClaims') === true || at(idp, 'policy', 'mapAMRClaims') === true,
  ),
  // None is approved until somebody names one.
  'smart-card-issuer-not-approved': those(isSmartCard),
  'social-identity-provider': those(isSocial),
};
