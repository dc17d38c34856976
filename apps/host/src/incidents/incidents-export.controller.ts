import { incidentViews } from '@castellan/incidents';
import type { IncidentPageQuery, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Page } from '@castellan/api';
import type { Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { ABOUT_EXPORTS, EXPORT_MEDIA } from '../exports/export-format.js';
import { Exports } from '../exports/exports.js';
import { walkItems } from '../exports/page-walk.js';
import { DetectionFactsReader } from '../findings/detection-facts.js';
import { FINDING_FORMATS } from '../findings/findings-file.js';
import { InputPipe } from '../input/input-pipe.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { incidentFile } from './incidents-file.js';
import { IncidentsConditions } from './incidents-query.js';
import type { ExportedIncident } from './ocsf-incident.js';
import { readIncidentConditions } from './read-incidents-query.js';

/** Incidents that are read at a time for a file, and findings of each. */
const EXPORT_PAGE = 200;
const MOST_FINDINGS = 50;

@Controller('incidents')
export class IncidentsExportController {
  readonly #storage: Storage;
  readonly #exports: Exports;
  readonly #facts: DetectionFactsReader;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(Exports) exports: Exports,
    @Inject(DetectionFactsReader) facts: DetectionFactsReader,
  ) {
    this.#storage = storage;
    this.#exports = exports;
    this.#facts = facts;
  }

  @Get('export.:format')
  @Expensive('exports')
  @Endpoint({
    access: 'findings:read',
    summary: 'Export incidents, the worst first',
    description: `Without a status: those that are to be worked through, open and acknowledged. \`ocsf\`: JSON Lines of OCSF 1.8.0, each an Incident Finding (2005) with the first ${MOST_FINDINGS} of its findings. ${ABOUT_EXPORTS}`,
    parameters: { format: FINDING_FORMATS },
    media: EXPORT_MEDIA,
    problems: ['not-found', 'audit-log-damaged', 'took-too-long'],
  })
  async export(
    @Asking() caller: Caller,
    @Param('format') ending: string,
    @Query(new InputPipe(IncidentsConditions)) query: IncidentsConditions,
    @Res() response: Response,
  ): Promise<void> {
    const file = incidentFile(ending);
    const conditions = await readIncidentConditions(this.#storage, caller, query);
    const ask = (after?: string) => this.#page(caller, { ...conditions, after, limit: EXPORT_PAGE }, ending === 'ocsf');
    await this.#exports.give(caller, response, {
      ...file,
      pages: walkItems(await ask(), ask),
      action: 'incidents.export',
      notes: { after: { format: ending, query: { ...query } } },
    });
  }

  /** @param isWhole with the findings that only OCSF has a place for */
  async #page({ workspaceId }: Caller, query: IncidentPageQuery, isWhole: boolean): Promise<Page<ExportedIncident>> {
    const { incidents, next } = await this.#storage.incidents.page(workspaceId, query);
    const views = await incidentViews(this.#storage.queries, incidents);
    if (!isWhole) return { items: views.map((incident) => ({ incident, found: [] })), next };
    const ids = views.map(({ id }) => id);
    const rows = await this.#storage.incidents.findingsOfEach(ids, MOST_FINDINGS);
    const ruleOf = await this.#facts.rules(
      workspaceId,
      views.map(({ integration }) => integration.id),
    );
    const items = views.map((incident): ExportedIncident => {
      const { id, integration } = incident;
      const own = rows.filter(({ incidentId }) => incidentId === id);
      return { incident, found: own.map((row) => ({ row, rule: ruleOf({ integration, rule: { id: row.rule } }) })) };
    });
    return { items, next };
  }
}
