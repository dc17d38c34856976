import type { FindingDetail, FindingsSummary, FindingView, Page } from '@castellan/api';
import { ALL_CHECKS, findingsSummary, findingViews } from '@castellan/posture';
import type { FindingPageQuery, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { walkItems } from '../exports/page-walk.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readId } from '../input/parameters.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { DetectionFactsReader } from './detection-facts.js';
import { FindingDetails } from './finding-details.js';
import { FINDING_ANSWER, FINDINGS_ANSWER, SUMMARY_ANSWER } from './finding-examples.js';
import { FINDING_FORMATS, findingFile } from './findings-file.js';
import { FindingsConditions, FindingsQuery } from './findings-query.js';
import type { ExportedFinding } from './ocsf-finding.js';
import { KnownRules } from './known-rules.js';
import { isFindingPosition, type QuestionSources, readFindingConditions } from './read-findings-query.js';

const LIMITS = { standard: 50, largest: 500 };
/** Findings that are read at a time for a file. */
const EXPORT_PAGE = 500;
const NO_OTHERS = 'Without a status: those that are to be worked through, open and acknowledged.';

/** What is wrong, and what became of it. */
@Controller('findings')
export class FindingsController {
  readonly #storage: Storage;
  readonly #exports: Exports;
  readonly #facts: DetectionFactsReader;
  readonly #sources: QuestionSources;
  readonly #details: FindingDetails;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(Exports) exports: Exports,
    @Inject(DetectionFactsReader) facts: DetectionFactsReader,
    @Inject(KnownRules) rules: KnownRules,
    @Inject(FindingDetails) details: FindingDetails,
  ) {
    this.#details = details;
    this.#storage = storage;
    this.#exports = exports;
    this.#facts = facts;
    this.#sources = { storage, rules };
  }

  @Get()
  @Endpoint({
    access: 'findings:read',
    summary: 'List findings, the worst first',
    description: `One is one fact about one subject, and stays the same one for as long as it is that fact. ${NO_OTHERS} \`worst\`: the most severe first, the youngest of them first.`,
    answer: FINDINGS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async list(@Asking() caller: Caller, @Query(new InputPipe(FindingsQuery)) query: FindingsQuery): Promise<Page<FindingView>> {
    const conditions = await readFindingConditions(this.#sources, caller, query);
    const list = listOf('findings', caller.workspaceId, query);
    const page = await this.#page(caller, {
      ...conditions,
      sort: query.sort ?? 'worst',
      after: readCursor(query, list, isFindingPosition),
      limit: readLimit(query, LIMITS),
    });
    return { items: page.items, next: writeCursor(list, page.next) };
  }

  @Get('summary')
  @Endpoint({
    access: 'findings:read',
    summary: 'Count findings that are not resolved, by severity and status',
    description: 'Of those that match; without a status all that are not resolved.',
    answer: SUMMARY_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async summary(
    @Asking() caller: Caller,
    @Query(new InputPipe(FindingsConditions)) query: FindingsConditions,
  ): Promise<FindingsSummary> {
    const byDefault = ['open', 'acknowledged', 'excepted'] as const;
    const conditions = await readFindingConditions(this.#sources, caller, query, { byDefault });
    return findingsSummary(await this.#storage.findings.counts(caller.workspaceId, conditions));
  }

  @Get('export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'findings:read',
    summary: 'Export findings, the worst first',
    description: `${NO_OTHERS} \`ocsf\`: JSON Lines of OCSF 1.8.0, a Compliance Finding (2003) for what is set, an IAM Analysis Finding (2008) for who somebody is and what he may, a Detection Finding (2004) for what a rule has found. ${ABOUT_EXPORTS}`,
    parameters: { format: FINDING_FORMATS },
    media: EXPORT_MEDIA,
    problems: ['not-found', 'audit-log-damaged', 'took-too-long'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('format') ending: string,
    @Query(new InputPipe(FindingsConditions)) query: FindingsConditions,
    @Res() response: Response,
  ): Promise<void> {
    const file = findingFile(ending);
    const conditions = await readFindingConditions(this.#sources, caller, query);
    const ask = (after?: string) => this.#exported(caller, { ...conditions, after, limit: EXPORT_PAGE }, ending === 'ocsf');
    await this.#exports.give(caller, response, {
      ...file,
      pages: walkItems(await ask(), ask),
      action: 'findings.export',
      notes: { after: { format: ending, query: { ...query } } },
    });
  }

  @Get(':id')
  @Endpoint({
    access: 'findings:read',
    summary: 'See one finding, with what became of it',
    description:
      'Of a rule with its incident and the first 200 of its events, as far as the log still has them. The latest 200 lines of its history, the newest first; what nobody has done was done by a look.',
    answer: FINDING_ANSWER,
    problems: ['not-found'],
  })
  detail(@Asking() caller: Caller, @Param('id') id: string): Promise<FindingDetail> {
    return this.#details.of(caller.workspaceId, readId(id, 'id', 'finding'));
  }

  /** @param isWhole with what only OCSF has a place for */
  async #exported(caller: Caller, query: FindingPageQuery, isWhole: boolean): Promise<Page<ExportedFinding>> {
    const { items, next } = await this.#page(caller, query);
    const facts = await this.#facts.of(caller.workspaceId, isWhole ? items : []);
    return { items: items.map((finding) => ({ finding, facts: facts.get(finding.id) })), next };
  }

  async #page({ workspaceId }: Caller, query: FindingPageQuery): Promise<Page<FindingView>> {
    const { findings, next } = await this.#storage.findings.page(workspaceId, query);
    return { items: await findingViews(this.#storage.queries, findings, ALL_CHECKS), next };
  }
}
