import { overview, search } from '@castellan/access';
import type { AccessHit, AccessOverview } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { SearchQuery } from './access-query.js';
import { OVERVIEW_ANSWER, SEARCH_ANSWER } from './overview-examples.js';
import { wordsOf } from './read-access-query.js';

/** A workspace as a whole: what there is to ask about, and its numbers. */
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
    problems: ['took-too-long'],
  })
  async search(
    @Asking() { workspaceId }: Caller,
    @Query(new InputPipe(SearchQuery)) { q }: SearchQuery,
  ): Promise<{ readonly items: readonly AccessHit[] }> {
    return { items: await search(this.#storage.queries, workspaceId, wordsOf(q).join(' ')) };
  }

  @Get('overview')
  @Expensive('questions')
  @Endpoint({
    access: 'records:read',
    summary: 'Show the access of the workspace in numbers',
    description:
      'Over all integrations, as they are now; use is of the last 30 days. `authenticators` are of active accounts; null: none are read.',
    answer: OVERVIEW_ANSWER,
    problems: ['took-too-long'],
  })
  overview(@Asking() { workspaceId }: Caller): Promise<AccessOverview> {
    return overview(this.#storage.queries, workspaceId);
  }
}
