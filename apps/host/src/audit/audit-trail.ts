import type { AuditTarget, Storage, User } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { STORAGE } from '../storage/storage-token.js';

/** What an action notes about itself while it is done. */
export interface AuditNotes {
  /** What it was done to. */
  target?: AuditTarget;
  /** As the API shows it: secrets read `{ isSet }` there, and nothing else may come here. */
  before?: object;
  after?: object;
  /** In whose log it stands; by default in that of the caller's workspace. */
  workspaceId?: string;
}

/** Every change that a caller makes, and its row in the audit log: both or neither. */
@Injectable()
export class AuditTrail {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /**
   * Does `work` and writes its row in one transaction. Nothing slow may be done inside: no network, no password hash.
   * @param action `noun.verb`, e.g. `integration.create`
   */
  record<T>(caller: Caller, action: string, work: (notes: AuditNotes) => Promise<T>): Promise<T> {
    return this.#storage.transaction(async () => {
      const notes: AuditNotes = {};
      const result = await work(notes);
      const { kind, id, name, address, workspaceId } = caller;
      await this.#storage.audit.append({ workspaceId, actor: { kind, id, name }, address, action, outcome: 'done', ...notes });
      return result;
    });
  }

  /** For what makes its own caller, inside a transaction of its own: the first set-up, an invitation that is taken up. */
  async byUser({ id, name, workspaceId }: User, address: string, action: string, notes: AuditNotes): Promise<void> {
    const actor = { kind: 'user', id, name } as const;
    await this.#storage.audit.append({ workspaceId, actor, address, action, outcome: 'done', ...notes });
  }

  /** Something that was tried and refused, of which nothing else is left. */
  async refused(by: Stranger, action: string, notes: AuditNotes = {}): Promise<void> {
    const { address, user } = by;
    const actor =
      user === undefined
        ? ({ kind: 'anonymous', id: null, name: '' } as const)
        : ({ kind: 'user', id: user.id, name: user.name } as const);
    await this.#storage.audit.append({
      workspaceId: user?.workspaceId ?? null,
      actor,
      address,
      action,
      outcome: 'refused',
      ...notes,
    });
  }
}

/** Somebody at the door; `user`: whom he claims to be, where there is one. */
export interface Stranger {
  readonly address: string;
  readonly user?: User | undefined;
}
