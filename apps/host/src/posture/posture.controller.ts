import type { FrameworkView, PostureOverview } from '@castellan/api';
import { checkViews, frameworkViews, postureOverview } from '@castellan/posture';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA, FORMAT, readFormat } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { InputPipe } from '../input/input-pipe.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { FRAMEWORKS_ANSWER, OVERVIEW_ANSWER } from './posture-examples.js';
import { FRAMEWORKS_TABLE, controlRows } from './frameworks-file.js';
import { FrameworksQuery, PostureQuery } from './posture-query.js';
import { PostureQuestions } from './posture-questions.js';
import { REPORT_TABLE } from './posture-report.js';

/** How the organisations stand. */
@Controller('posture')
export class PostureController {
  readonly #storage: Storage;
  readonly #questions: PostureQuestions;
  readonly #exports: Exports;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(PostureQuestions) questions: PostureQuestions,
    @Inject(Exports) exports: Exports,
  ) {
    this.#storage = storage;
    this.#questions = questions;
    this.#exports = exports;
  }

  @Get('overview')
  @Endpoint({
    access: 'findings:read',
    summary: 'See how the organisations stand: score, trend, what is worst and what is quickly won',
    description:
      'Of all integrations of the workspace, or one. A check that cannot say anything counts neither way. `gain`: points of the score that mending it would bring. `quickWins`: most gain for the least work first.',
    answer: OVERVIEW_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async overview(
    @Asking() caller: Caller,
    @Query(new InputPipe(PostureQuery)) { integration }: PostureQuery,
  ): Promise<PostureOverview> {
    const question = await this.#questions.of(caller, integration);
    return postureOverview(this.#storage.queries, question);
  }

  @Get('frameworks')
  @Endpoint({
    access: 'findings:read',
    summary: 'See how the organisations stand before each framework, control by control',
    description:
      '`whole`: whether all controls of the framework are listed, or those that a check speaks to. A framework that is written for one provider is listed where that one is connected. A control that passes here is not proven: checks speak to parts of it. Where a control names a figure (`asked`) and the limit of the check here is laxer, nothing has passed for it: the check is `unknown` there.',
    answer: FRAMEWORKS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async frameworks(
    @Asking() caller: Caller,
    @Query(new InputPipe(PostureQuery)) { integration }: PostureQuery,
  ): Promise<{ readonly items: readonly FrameworkView[] }> {
    return { items: await frameworkViews(this.#storage.queries, await this.#questions.of(caller, integration)) };
  }

  @Get('frameworks/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'findings:read',
    summary: 'Export how the organisations stand before a framework, control by control',
    description: `A row for each control and check that speaks to it, and one for a control that none does. \`limit\`, \`limitAsked\` and \`laxer\`: where a control names a figure, the one that the check goes by here, the control's, and whether that here is laxer. ${ABOUT_EXPORTS}`,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'audit-log-damaged', 'took-too-long'],
  })
  async exportFrameworks(
    @Asking() caller: Caller,
    @Param('format') ending: string,
    @Query(new InputPipe(FrameworksQuery)) query: FrameworksQuery,
    @Res() response: Response,
  ): Promise<void> {
    const format = readFormat(ending);
    const all = await frameworkViews(this.#storage.queries, await this.#questions.of(caller, query.integration));
    await this.#exports.give(caller, response, {
      title: { about: 'frameworks' },
      format,
      table: FRAMEWORKS_TABLE,
      pages: controlRows(all.filter(({ id }) => query.framework === undefined || id === query.framework)),
      action: 'findings.export',
      notes: { after: { report: 'frameworks', query: { ...query } } },
    });
  }

  @Get('report/export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'findings:read',
    summary: 'Export what each check says',
    description: `A row for each check and integration, and one for a check that has said nothing. ${ABOUT_EXPORTS}`,
    parameters: FORMAT,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'audit-log-damaged', 'took-too-long'],
  })
  async report(
    @Asking() caller: Caller,
    @Param('format') ending: string,
    @Query(new InputPipe(PostureQuery)) query: PostureQuery,
    @Res() response: Response,
  ): Promise<void> {
    const format = readFormat(ending);
    const views = await checkViews(this.#storage.queries, await this.#questions.of(caller, query.integration));
    await this.#exports.give(caller, response, {
      title: { about: 'posture report' },
      format,
      table: REPORT_TABLE,
      pages: reportPages(views),
      action: 'findings.export',
      notes: { after: { report: 'posture', query: { ...query } } },
    });
  }
}

/** There are as many rows as checks and integrations, which are few. */
async function* reportPages(views: Awaited<ReturnType<typeof checkViews>>) {
  yield views.flatMap((check) =>
    check.results.length === 0 ? [{ check }] : check.results.map((result) => ({ check, result })),
  );
}
