import { administrators } from '@castellan/access';
import type { Administrators } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readIntegration } from '../records/rows-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { AdministratorsConditions, AdministratorsQuery } from './access-query.js';
import { ADMINISTRATORS_ANSWER } from './administrators-examples.js';
import { ADMINISTRATORS_TABLE, administratorPages } from './administrators-file.js';
import { ABOUT_OBSERVED } from './observed-use.js';
import { ACCESS_LIMITS, WHOLE_LIST } from './page-limits.js';
import { isOffset } from './read-access-query.js';

/** Who may change an organisation. */
@Controller('access/administrators')
export class AccessAdministratorsController {
  readonly #storage: Storage;
  readonly #exports: Exports;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(Exports) exports: Exports) {
    this.#storage = storage;
    this.#exports = exports;
  }

  @Get()
  @Expensive('questions')
  @Endpoint({
    access: 'records:read',
    summary: 'List who holds a role, with the way to it and the last use of it',
    description:
      'Over all integrations of the workspace, or one: those that the overview counts, by integration and name. `direct`: the role was given to the principal itself; `through`: groups that it is in and that have it.',
    answer: ADMINISTRATORS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async list(
    @Asking() caller: Caller,
    @Query(new InputPipe(AdministratorsQuery)) query: AdministratorsQuery,
  ): Promise<Administrators> {
    const list = listOf('access/administrators', caller.workspaceId, query);
    const offset = Number(readCursor(query, list, isOffset) ?? 0);
    const page = await this.#ask(caller, query, offset, readLimit(query, ACCESS_LIMITS));
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'records:read',
    summary: 'Export who holds a role',
    description: `A row for each role that one holds. Use is of any right of administration, of whichever role. ${ABOUT_OBSERVED} ${ABOUT_EXPORTS}`,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'audit-log-damaged', 'took-too-long'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('format') ending: string,
    @Query(new InputPipe(AdministratorsConditions)) query: AdministratorsConditions,
    @Res() response: Response,
  ): Promise<void> {
    const format = readFormat(ending);
    const ask = (after = '0') => this.#ask(caller, query, Number(after), WHOLE_LIST);
    await this.#exports.give(caller, response, {
      title: { about: 'administrators' },
      format,
      table: ADMINISTRATORS_TABLE,
      pages: administratorPages(await ask(), ask),
      action: 'access.export',
      notes: { after: { question: 'administrators', query: { ...query } } },
    });
  }

  async #ask(caller: Caller, query: AdministratorsConditions, offset: number, limit: number): Promise<Administrators> {
    const { kind = 'account', integration } = query;
    const integrationId = await readIntegration(this.#storage, caller, integration);
    const { workspaceId } = caller;
    return administrators(this.#storage.queries, { workspaceId, kind, integrationId, offset, limit });
  }
}
