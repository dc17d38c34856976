import type { Random } from '../generator/random.js';
import type { OktaObject } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { Sequence } from '../org/sequence.js';
import type { ChangeKind } from './change-kind.js';
import { any, changeOne, inStatus, users } from './change-kind.js';

const idps = (org: Org): Sequence<OktaObject> => org.identityProviders.idps;

/** Changes one person who has factors. */
const withFactors = (name: string, change: (org: Org, user: OktaObject, random: Random) => void): ChangeKind => ({
  name,
  apply: (org, random) => {
    const user = users(org).drawn(random.next(), (one) => one['status'] === 'ACTIVE' && org.factors.of(one).length > 0);
    if (user) change(org, user, random);
    return user !== undefined;
  },
});

const factorKinds: readonly ChangeKind[] = [
  changeOne('factor enrolled', users, inStatus('ACTIVE'), (org, user) => org.enrolFactor(user.id, 'webauthn', 'FIDO')),
  withFactors('factor removed', (org, user, random) => org.removeFactor(user.id, random.pick(org.factors.of(user)).id)),
  withFactors('factors reset', (org, user) => org.resetFactors(user.id)),
];

const idpKinds: readonly ChangeKind[] = [
  {
    name: 'IdP created',
    apply: (org, random) => {
      org.addIdp({ name: `Partner ${random.below(1_000_000_000)}` });
      return true;
    },
  },
  changeOne('IdP updated', idps, any, (org, idp, random) =>
    org.updateIdp(idp.id, { name: `Partner renamed ${random.below(1_000_000)}` }),
  ),
  changeOne('IdP deactivated', idps, inStatus('ACTIVE'), (org, idp) => org.updateIdp(idp.id, { status: 'INACTIVE' })),
  changeOne('IdP activated', idps, inStatus('INACTIVE'), (org, idp) => org.updateIdp(idp.id, { status: 'ACTIVE' })),
  changeOne('IdP deleted', idps, inStatus('INACTIVE'), (org, idp) => org.deleteIdp(idp.id)),
  changeOne('IdP linked', idps, inStatus('ACTIVE'), (org, idp, random) => {
    const linked = org.identityProviders.users(idp.id);
    const user = users(org).drawn(random.next(), ({ id, status }) => status === 'ACTIVE' && !linked.has(id));
    if (!user) return false;
    org.linkIdpUser(idp.id, user.id);
    return true;
  }),
  changeOne('IdP unlinked', idps, any, (org, idp, random) => {
    const link = org.identityProviders.users(idp.id).drawn(random.next());
    return link !== undefined && org.unlinkIdpUser(idp.id, link.id);
  }),
];

export const signInKinds: readonly ChangeKind[] = [...factorKinds, ...idpKinds];
