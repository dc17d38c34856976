import { ourRules } from '@castellan/detection';
import { RulesOfWorkspaces, type WrittenRules } from '@castellan/incidents';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { STORAGE } from '../storage/storage-token.js';

/** The rules of all workspaces, ours read once. */
@Injectable()
export class RuleBooks {
  readonly #storage: Storage;
  #books: Promise<RulesOfWorkspaces> | undefined;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  get(): Promise<RulesOfWorkspaces> {
    this.#books ??= ourRules().then((rules) => new RulesOfWorkspaces(rules));
    return this.#books;
  }

  /** As they were written, of all providers. */
  async written(workspaceId: string): Promise<WrittenRules> {
    return (await this.get()).written(this.#storage.queries, workspaceId);
  }
}
