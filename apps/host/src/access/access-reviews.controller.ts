import { reachedBy } from '@castellan/access';
import { type AccessReview, type Page, REVIEW_CHECKS } from '@castellan/api';
import type { AccessReview as StoredReview, Integration, Storage } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { requireWithinOwn } from '../callers/within-own.js';
import { EXPORT_MEDIA, linesOf } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { isDatedPosition } from '../input/dated-position.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { notFound } from '../problems/problem.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { ACCESS_TABLE, exportNotes, filePages, titleOf } from './access-file.js';
import { AccessReviewInput, AccessReviewsQuery } from './access-review-input.js';
import { ObservedPast } from './observed-past.js';
import { ACCESS_LIMITS, EXPORT_PAGE } from './page-limits.js';
import { REVIEW_BODY, REVIEWS_ANSWER } from './review-examples.js';
import { digestLine, factsLine, reviewView, type Signature, signedLines } from './review-file.js';

/** Lists of who reaches an application that somebody has looked through and signed. */
@Controller('integrations/:id/access/reviews')
export class AccessReviewsController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #past: ObservedPast;
  readonly #exports: Exports;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(ObservedPast) past: ObservedPast,
    @Inject(Exports) exports: Exports,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#past = past;
    this.#exports = exports;
    this.#trail = trail;
  }

  @Post()
  @HttpCode(200)
  @Expensive('exports')
  @Endpoint({
    access: 'access:review',
    summary: 'Sign off who reaches an application, and get the file that is signed',
    description:
      'Needs `records:read`, too. The answer is the file: who reaches it, why, since when, and when it was last used, as of one instant (`asOf`). Its last line but one says who has signed, when, and ' +
      'the number of rows; the last one has the SHA-256 of all bytes before it, which Castellan keeps with the review and in the audit log. The file is kept by you alone. ' +
      `\`${REVIEW_CHECKS.macOS}\` (on Linux also \`${REVIEW_CHECKS.Linux}\`) must give the \`sha256\` of the review. A file that breaks off has no such lines and no review.`,
    body: REVIEW_BODY,
    media: EXPORT_MEDIA,
    problems: ['not-found', 'not-observed', 'took-too-long'],
  })
  async sign(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(AccessReviewInput)) input: AccessReviewInput,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#integrations.require(caller, id);
    requireWithinOwn(caller.permissions, ['records:read'], '');
    const { application: key, format = 'csv', note = null } = input;
    // One moment for all pages, and for the last use as well.
    await this.#storage.snapshot(async () => {
      const asOf = await this.#storage.accessReviews.now();
      await this.#past.require(integration.id, 'application', asOf);
      const question = {
        integrationId: integration.id,
        to: { kind: 'application', key },
        from: 'account',
        sort: 'key',
      } as const;
      const ask = (after?: string) => reachedBy(this.#storage.queries, { ...question, after, limit: EXPORT_PAGE });
      const first = await ask();
      if (first === undefined) throw notFound('application', 'application with this key');
      // What is given out is written down before, as of every file, whether it comes to be signed or not.
      await this.#storage.ownTransaction(() =>
        this.#trail.record(caller, 'access.export', async (notes) => {
          Object.assign(notes, exportNotes(integration, 'review', { application: key, at: asOf }));
        }),
      );
      const application = { key, label: first.subject.label };
      const content = { application, note, asOf, format };
      const lines = signedLines(linesOf(format, ACCESS_TABLE, filePages(first, ask, 'what')), (rows, digestWith) =>
        this.#storage.ownTransaction(() => this.#keep(caller, integration, { ...content, accounts: rows }, digestWith)),
      );
      const title = { about: 'access review of', label: titleOf(first.subject) };
      await this.#exports.send(response, { title, at: asOf, format }, lines);
    });
  }

  @Get()
  @Endpoint({
    access: 'records:read',
    summary: 'List the reviews that were signed, newest first',
    description: 'Of all applications, or one. They go with the integration; the audit log has them for good.',
    answer: REVIEWS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async list(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Query(new InputPipe(AccessReviewsQuery)) query: AccessReviewsQuery,
  ): Promise<Page<AccessReview>> {
    const integration = await this.#integrations.require(caller, id);
    const list = listOf('access/reviews', integration.id, query);
    const { reviews, next } = await this.#storage.accessReviews.list(caller.workspaceId, {
      integrationId: integration.id,
      application: query.application,
      after: readCursor(query, list, isDatedPosition),
      limit: readLimit(query, ACCESS_LIMITS),
    });
    return { items: reviews.map(reviewView), next: writeCursor(list, next) };
  }

  /** @returns the end of the file, once it is true */
  #keep(
    caller: Caller,
    { id: integrationId }: Integration,
    content: Pick<StoredReview, 'application' | 'note' | 'asOf' | 'format' | 'accounts'>,
    digestWith: (facts: string) => Buffer,
  ): Promise<Signature> {
    const { kind, id, name, workspaceId } = caller;
    return this.#trail.record(caller, 'access-review.sign', async (notes) => {
      const reviewer = { kind, id, name };
      const createdAt = await this.#storage.accessReviews.now();
      const signed = { id: randomUUID(), integrationId, reviewer, ...content, createdAt };
      const facts = factsLine(signed);
      const review = { ...signed, sha256: digestWith(facts) };
      await this.#storage.accessReviews.create(workspaceId, review);
      notes.target = { kind: 'access_review', id: review.id, name: content.application.label };
      notes.after = { integration: integrationId, ...reviewView(review) };
      return { facts, digest: digestLine(review) };
    });
  }
}
