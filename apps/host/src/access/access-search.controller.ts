import { search } from '@castellan/access';
import type { AccessHit } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { STORAGE } from '../storage/storage-token.js';
import { SEARCH_ANSWER } from './usage-examples.js';
import { SearchQuery } from './access-query.js';
import { wordsOf } from './read-access-query.js';

/** What there is to ask about, over a workspace. */
@Controller('access')
export class AccessSearchController {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  @Get('search')
  @Endpoint({
    access: 'records:read',
    summary: 'Find people, groups, applications and roles',
    description: 'In all integrations of the workspace: six of each kind, those first whose name begins with what was typed.',
    answer: SEARCH_ANSWER,
  })
  async search(
    @Asking() { workspaceId }: Caller,
    @Query(new InputPipe(SearchQuery)) { q }: SearchQuery,
  ): Promise<{ readonly items: readonly AccessHit[] }> {
    return { items: await search(this.#storage.queries, workspaceId, wordsOf(q).join(' ')) };
  }
}
