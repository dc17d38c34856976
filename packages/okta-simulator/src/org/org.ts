import type { OktaObject } from '../json/json.js';
import { AccountChanges } from './account-changes.js';

export interface BulkImport {
  /** How many people the import makes. */
  readonly users?: number;
  /** Who joins which group; a user that is there already is left alone. */
  readonly memberships?: readonly { readonly groupId: string; readonly userId: string }[];
  readonly removedMemberships?: readonly { readonly groupId: string; readonly userId: string }[];
}

/**
 * One Okta org that can be changed: the whole of what a test needs to make something happen. Each class below it in the
 * chain holds one part (state, directory, applications, administration, sign-in, settings, accounts); this one adds what cuts across.
 */
export class Org extends AccountChanges {
  /**
   * An identity source uploads in bulk: objects change, but the log has one event for each kind of upload and none for what
   * it changed. Who only follows the log must read the lists anew. Returns the people that were made.
   */
  bulkImport(input: BulkImport): readonly OktaObject[] {
    const { users = 0, memberships = [], removedMemberships = [] } = input;
    const made = this.silently(() => {
      const people = Array.from({ length: users }, () => this.addUser({ firstName: 'Imported' }));
      for (const { groupId, userId } of memberships) this.addMember(groupId, userId);
      for (const { groupId, userId } of removedMemberships) this.removeMember(groupId, userId);
      return people;
    });
    if (users > 0) this.#uploaded('bulk_upsert');
    if (memberships.length > 0) this.#uploaded('bulk_group_membership_upsert');
    if (removedMemberships.length > 0) this.#uploaded('bulk_group_membership_delete');
    return made;
  }

  #uploaded(kind: string): void {
    const targets = [...this.applications.apps.values()].slice(0, 1).map((app) => this.appParty(app));
    this.emit({ eventType: `system.identity_sources.${kind}`, displayMessage: 'Bulk data uploaded', targets });
  }
}
