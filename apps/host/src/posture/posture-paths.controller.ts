import type { AttackPath, AttackPaths } from '@castellan/api';
import { attackPaths } from '@castellan/posture';
import type { Integration, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { exportNotes } from '../access/access-file.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, type ExportTable, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { walkItems } from '../exports/page-walk.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { ACCESS_LIMITS } from '../access/page-limits.js';
import { isOffset } from '../access/read-access-query.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { PATHS_ANSWER } from './paths-examples.js';
import { PathsConditions, PathsQuery } from './posture-query.js';
import { PostureQuestions } from './posture-questions.js';
import { readStart } from './read-start.js';

const WHOLE_LIST = 1_000;

/** Ways to rights that nobody gave. */
@Controller('integrations/:id/posture')
export class PosturePathsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #questions: PostureQuestions;
  readonly #exports: Exports;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(PostureQuestions) questions: PostureQuestions,
    @Inject(Exports) exports: Exports,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#questions = questions;
    this.#exports = exports;
  }

  @Get('paths')
  @Endpoint({
    access: 'findings:read',
    summary: 'List who could become an administrator of everything, by which steps',
    description:
      'One way of each account, program, application and identity provider from which tier zero can be reached: a shortest one, as it was found after the last sync that may have opened or closed one. There may be others: whoever takes a step of it away leaves `otherFirstSteps`. `chokePoints`: the steps that cut most starting points, by whatever way they would go; `uncut`: starting points that no single step cuts off; a step whose `to` is null is a right over all that `over` says. `fixes`: how each kind of step is taken away. `tierZeroMembers`: the first 20 of `tierZero`.',
    answer: PATHS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async paths(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(PathsQuery)) query: PathsQuery,
  ): Promise<AttackPaths> {
    const integration = await this.#integrations.require(caller, id);
    const list = listOf('posture/paths', integration.id, query);
    const offset = Number(readCursor(query, list, isOffset) ?? 0);
    const page = await this.#ask(integration, query, offset, readLimit(query, ACCESS_LIMITS));
    return { ...page, next: writeCursor(list, page.next) };
  }

  @Get('paths/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'findings:read',
    summary: 'Export who could become an administrator of everything, by which steps',
    description: `A row for each starting point, with its shortest way. ${ABOUT_EXPORTS}`,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'audit-log-damaged', 'took-too-long'],
  })
  async exportPaths(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Param('format') ending: string,
    @Query(new InputPipe(PathsConditions)) query: PathsConditions,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    const format = readFormat(ending);
    const ask = (after = '0') => this.#ask(integration, query, Number(after), WHOLE_LIST);
    await this.#exports.give(caller, response, {
      title: { about: 'ways to tier zero in', label: integration.name },
      format,
      table: PATHS_TABLE,
      pages: walkItems(await ask(), ask),
      action: 'findings.export',
      notes: exportNotes(integration, 'paths', query),
    });
  }

  async #ask(integration: Integration, { from }: PathsConditions, offset: number, limit: number): Promise<AttackPaths> {
    const start = from === undefined ? undefined : readStart(from);
    return attackPaths(this.#storage.queries, integration, this.#questions, { from: start, offset, limit });
  }
}

const PATHS_TABLE: ExportTable<AttackPath> = {
  columns: ['fromKind', 'from', 'fromKey', 'steps', 'way'],
  cells: ({ from, steps }) => [
    from.kind,
    from.label,
    from.key,
    steps.length,
    steps.map(({ kind, to, over, because }) => `${kind} ${to?.label ?? over ?? ''}${because === null ? '' : ` (${because})`}`),
  ],
  object: (path) => path,
};
