import type { Random } from '../generator/random.js';
import type { OktaObject } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { Sequence } from '../org/sequence.js';

/** One kind of thing that happens in an org. */
export interface ChangeKind {
  readonly name: string;
  /** Makes it happen once, to objects drawn with `random`. False: nothing in the org fits now, and nothing was changed. */
  readonly apply: (org: Org, random: Random) => boolean;
}

export type Accept = (object: OktaObject) => boolean;

/** Changes one object drawn from a list of the org. */
export function changeOne(
  name: string,
  list: (org: Org) => Sequence<OktaObject>,
  accept: Accept,
  change: (org: Org, object: OktaObject, random: Random) => unknown,
): ChangeKind {
  return {
    name,
    apply: (org, random) => {
      const object = list(org).drawn(random.next(), accept);
      if (!object) return false;
      // `false` from the change itself means that it found nothing to do; any other value is a result nobody needs.
      return change(org, object, random) !== false;
    },
  };
}

export const users = (org: Org): Sequence<OktaObject> => org.directory.users;
export const groups = (org: Org): Sequence<OktaObject> => org.directory.groups;
export const apps = (org: Org): Sequence<OktaObject> => org.applications.apps;

export const any: Accept = () => true;
export const inStatus =
  (...statuses: readonly string[]): Accept =>
  ({ status }) =>
    typeof status === 'string' && statuses.includes(status);

/** Only groups made in Okta itself can be changed by an administrator: not Everyone, not those of a directory. */
export const isOktaGroup: Accept = ({ type }) => type === 'OKTA_GROUP';
