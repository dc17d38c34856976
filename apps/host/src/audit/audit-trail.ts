import type { AuditTarget, Storage } from '@castellan/storage';
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
}
