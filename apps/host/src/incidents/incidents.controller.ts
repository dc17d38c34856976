import type { IncidentDetail, IncidentsSummary, IncidentTimeline, IncidentView, Page } from '@castellan/api';
import { incidentDetail, incidentsSummary, incidentTimeline, incidentViews, relatedIncidents } from '@castellan/incidents';
import type { Incident, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { RuleBooks } from '../detection/rule-books.js';
import { isFindingPosition } from '../findings/read-findings-query.js';
import { InputPipe } from '../input/input-pipe.js';
import { listOf, readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { INCIDENT_ANSWER, INCIDENTS_ANSWER, INCIDENTS_SUMMARY, TIMELINE_ANSWER } from './incident-examples.js';
import { IncidentsConditions, IncidentsQuery } from './incidents-query.js';
import { readIncidentConditions } from './read-incidents-query.js';

const LIMITS = { standard: 50, largest: 200 };

/** What has happened, by actor. */
@Controller('incidents')
export class IncidentsController {
  readonly #storage: Storage;
  readonly #books: RuleBooks;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(RuleBooks) books: RuleBooks) {
    this.#storage = storage;
    this.#books = books;
  }

  @Get()
  @Endpoint({
    access: 'findings:read',
    summary: 'List incidents, the worst first',
    description:
      'One is what rules have found of one actor (an account, or an address) within a day. Without a status: those that are to be worked through, open and acknowledged. `q`: each word is somewhere in the names or logins of its people, its addresses, or the titles or techniques of its rules, whatever its case. `worst`: the most severe first, the youngest of them first.',
    answer: INCIDENTS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async list(
    @Asking() caller: Caller,
    @Query(new InputPipe(IncidentsQuery)) query: IncidentsQuery,
  ): Promise<Page<IncidentView>> {
    const conditions = await readIncidentConditions(this.#storage, caller, query);
    const list = listOf('incidents', caller.workspaceId, query);
    const { incidents, next } = await this.#storage.incidents.page(caller.workspaceId, {
      ...conditions,
      sort: query.sort ?? 'worst',
      after: readCursor(query, list, isFindingPosition),
      limit: readLimit(query, LIMITS),
    });
    return { items: await incidentViews(this.#storage.queries, incidents), next: writeCursor(list, next) };
  }

  @Get('summary')
  @Endpoint({
    access: 'findings:read',
    summary: 'Count incidents that are not closed, by severity and status',
    answer: INCIDENTS_SUMMARY,
    problems: ['not-found', 'took-too-long'],
  })
  async summary(
    @Asking() caller: Caller,
    @Query(new InputPipe(IncidentsConditions)) query: IncidentsConditions,
  ): Promise<IncidentsSummary> {
    const conditions = await readIncidentConditions(this.#storage, caller, query);
    return incidentsSummary(await this.#storage.incidents.counts(caller.workspaceId, conditions));
  }

  @Get(':id')
  @Endpoint({
    access: 'findings:read',
    summary: 'See one incident: what was found, what to do, what is related, and what became of it',
    description:
      'Related are other incidents of the same integration, less than a day before or after, that name one of the same accounts. The latest 200 lines of its history, the newest first; what nobody has done was done by a look.',
    answer: INCIDENT_ANSWER,
    problems: ['not-found'],
  })
  async detail(@Asking() caller: Caller, @Param('id') id: string): Promise<IncidentDetail> {
    const incident = await this.#find(caller, id);
    const { queries, incidents } = this.#storage;
    const [view] = await incidentViews(queries, [incident]);
    if (view === undefined) throw notFound('id', 'incident with this id');
    const integration = await this.#storage.integrations.find(incident.integrationId);
    const rules = await this.#books.of(queries, caller.workspaceId, integration?.connectorId ?? '');
    const related = await relatedIncidents(queries, incidents, caller.workspaceId, incident);
    return incidentDetail(
      view,
      related,
      await incidents.findingsOf(incident.id),
      await incidents.events(incident.id),
      rules.book,
    );
  }

  @Get(':id/timeline')
  @Endpoint({
    access: 'findings:read',
    summary: 'See what happened around an incident',
    description:
      'What its actor did, and what was done to it, from an hour before to an hour after; with all events of its findings. At most 500.',
    answer: TIMELINE_ANSWER,
    problems: ['not-found'],
  })
  async timeline(@Asking() caller: Caller, @Param('id') id: string): Promise<IncidentTimeline> {
    const incident = await this.#find(caller, id);
    const findings = await this.#storage.incidents.findingsOf(incident.id);
    return incidentTimeline(this.#storage.queries, incident, findings);
  }

  async #find({ workspaceId }: Caller, id: string): Promise<Incident> {
    const incident = await this.#storage.incidents.find(workspaceId, readId(id, 'id', 'incident'));
    if (incident === undefined) throw notFound('id', 'incident with this id');
    return incident;
  }
}
