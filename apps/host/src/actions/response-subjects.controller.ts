import type { FindingSubject, ResponseSubjects } from '@castellan/api';
import { incidentViews, subjectsOfEvents } from '@castellan/incidents';
import { ALL_CHECKS, findingViews } from '@castellan/posture';
import type { IncidentFindingRow, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { readId } from '../input/parameters.js';
import { notFound } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { isOfUse } from './possible-actions.js';
import { SUBJECTS_ANSWER } from './response-examples.js';

const WHAT =
  'The subject first, then what its events name: accounts, applications, identity providers and addresses, at most 30.';

/** Whom and what something can be done to because of a finding. */
@Controller('findings/:id/response')
export class FindingResponseController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
  ) {}

  @Get()
  @Endpoint({
    access: 'findings:read',
    summary: 'See what a finding gives reason to act on',
    description: WHAT,
    answer: SUBJECTS_ANSWER,
    problems: ['not-found', 'connector-unavailable'],
  })
  async subjects(@Asking() { workspaceId }: Caller, @Param('id') id: string): Promise<ResponseSubjects> {
    const findingId = readId(id, 'id', 'finding');
    const { findings, incidents, queries } = this.storage;
    const found = await findings.find(workspaceId, findingId);
    const [view] = found === undefined ? [] : await findingViews(queries, [found], ALL_CHECKS);
    if (view === undefined) throw notFound('id', 'finding with this id');
    return subjectsOf(this.storage, this.desk, view, await incidents.found([findingId]));
  }
}

/** The same because of an incident. */
@Controller('incidents/:id/response')
export class IncidentResponseController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
  ) {}

  @Get()
  @Endpoint({
    access: 'findings:read',
    summary: 'See what an incident gives reason to act on',
    description: WHAT,
    answer: SUBJECTS_ANSWER,
    problems: ['not-found', 'connector-unavailable'],
  })
  async subjects(@Asking() { workspaceId }: Caller, @Param('id') id: string): Promise<ResponseSubjects> {
    const { incidents, queries } = this.storage;
    const found = await incidents.find(workspaceId, readId(id, 'id', 'incident'));
    const [view] = found === undefined ? [] : await incidentViews(queries, [found]);
    if (view === undefined) throw notFound('id', 'incident with this id');
    return subjectsOf(this.storage, this.desk, view, await incidents.findingsOf(view.id));
  }
}

interface About {
  readonly integration: ResponseSubjects['integration'];
  readonly subject: FindingSubject;
}

async function subjectsOf(
  storage: Storage,
  desk: ConnectorDesk,
  { integration, subject: { kind, key, label, detail } }: About,
  findings: readonly IncidentFindingRow[],
): Promise<ResponseSubjects> {
  const connection = await storage.integrations.find(integration.id);
  const actions = connection === undefined ? [] : desk.connectorOf(connection).actions;
  const others = await subjectsOfEvents(storage, integration.id, findings, (one) => isOfUse(actions, one));
  // Nothing can be done to an organisation as a whole.
  const own = kind === 'organisation' ? [] : [{ kind, key, label, detail, role: 'subject' as const }];
  return { integration, items: [...own, ...others.filter((other) => other.kind !== kind || other.key !== key)] };
}
