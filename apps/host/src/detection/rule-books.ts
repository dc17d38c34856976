import { ourRules, type Vocabulary } from '@castellan/detection';
import { RulesOfWorkspaces, type WorkspaceRules, type WrittenRules } from '@castellan/incidents';
import type { Queries } from '@castellan/storage';
import { Injectable } from '@nestjs/common';

/** What each workspace looks with. */
@Injectable()
export class RuleBooks {
  #books: Promise<RulesOfWorkspaces> | undefined;

  /** Our rules are read once, when somebody asks. */
  get all(): Promise<RulesOfWorkspaces> {
    this.#books ??= ourRules().then((rules) => new RulesOfWorkspaces(rules));
    return this.#books;
  }

  /** @param product id of a connector, as log sources of rules name it */
  async of(queries: Queries, workspaceId: string, product: string): Promise<WorkspaceRules> {
    return (await this.all).of(queries, workspaceId, product);
  }

  /** As they were written, of all providers. */
  async written(queries: Queries, workspaceId: string): Promise<WrittenRules> {
    return (await this.all).written(queries, workspaceId);
  }

  /** What our rules ask for: those of others are held against it. */
  async vocabulary(): Promise<Vocabulary> {
    return (await this.all).vocabulary;
  }
}
