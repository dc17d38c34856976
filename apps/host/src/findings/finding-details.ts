import type { FindingDetail } from '@castellan/api';
import { findingDetection } from '@castellan/incidents';
import { ALL_CHECKS, byHandOf, findingEventView, findingViews } from '@castellan/posture';
import type { Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

/** One finding with all that is known of it. */
@Injectable()
export class FindingDetails {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  /** @throws Problem (404) */
  async of(workspaceId: string, id: string): Promise<FindingDetail> {
    const { findings } = await this.storage.findings.page(workspaceId, { ids: [id], limit: 1 });
    const [view] = await findingViews(this.storage.queries, findings, ALL_CHECKS);
    if (view === undefined) throw notFound('id', 'finding with this id');
    const events = await this.storage.findings.events(workspaceId, id);
    const detection = await findingDetection(this.storage, workspaceId, id);
    return { ...view, detection, byHand: byHandOf(events), history: events.map(findingEventView) };
  }
}
