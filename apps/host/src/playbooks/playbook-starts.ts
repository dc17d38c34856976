import { askedFacts, holds, type OurPlaybook, type Playbook, SEVERITIES } from '@castellan/playbooks';
import type { Logger } from '@castellan/connector-sdk';
import type {
  CandidateQuery,
  PlaybookCandidate,
  PlaybookRun,
  Requester,
  SeverityNumber,
  Storage,
  StoredPlaybookSetting,
} from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { STORAGE } from '../storage/storage-token.js';
import { PlaybookBook } from './playbook-book.js';
import { PLAYBOOK_LOG } from './playbook-work.js';
import { RunEnds, targetOf } from './run-ends.js';
import { type KnownSubject, subjectFacts } from './subject-facts.js';

/** Of one playbook at a time. */
const MOST_CANDIDATES = 1_000;

/** A finding that begins a playbook, and whom it is about. */
export interface Matched {
  readonly candidate: PlaybookCandidate;
  readonly subject: KnownSubject;
}

/** Begins runs: by themselves, where a playbook is on, or because somebody wants one. */
@Injectable()
export class PlaybookStarts {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(PlaybookBook) private readonly book: PlaybookBook,
    @Inject(RunEnds) private readonly ends: RunEnds,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
    @Inject(PLAYBOOK_LOG) private readonly log: Logger,
  ) {}

  /** @returns the runs that have begun */
  async beginDue(): Promise<readonly PlaybookRun[]> {
    const begun: PlaybookRun[] = [];
    for (const setting of await this.storage.playbookSettings.enabled()) {
      const our = await this.book.find(setting.playbook);
      // Another version is another playbook: somebody looks at it first.
      if (our === undefined || setting.enabledVersion !== our.playbook.version) continue;
      begun.push(...(await this.#beginOf(setting, our)));
    }
    return begun;
  }

  async #beginOf(
    { workspaceId, enabledAt, enabledBy }: StoredPlaybookSetting,
    our: OurPlaybook,
  ): Promise<readonly PlaybookRun[]> {
    const query = await this.queryOf(workspaceId, our.playbook);
    const found = await this.storage.playbookCandidates.since(workspaceId, query, enabledAt ?? new Date());
    // Whoever has switched it on, or has made the key that did, is no second person for what it asks.
    const by = enabledBy?.userId ?? enabledBy?.id ?? null;
    const startedBy = { kind: 'playbook', id: by, name: `Playbook ${our.playbook.title}` } as const;
    const begun: PlaybookRun[] = [];
    for (const one of await this.matched(workspaceId, our.playbook, found)) {
      const run = await this.begin(workspaceId, our.playbook, one, startedBy, our.playbook.trigger.mostADay);
      if (run !== undefined) begun.push(run);
    }
    return begun;
  }

  async queryOf(workspaceId: string, playbook: Playbook): Promise<CandidateQuery> {
    const { trigger, id } = playbook;
    const findings = await this.book.findingsOf(workspaceId, playbook);
    return {
      playbook: id,
      rules: findings.map((finding) => finding.id),
      // 1 comes first.
      leastSeverity: (SEVERITIES.indexOf(trigger.severity) + 1) as SeverityNumber,
      subjectKind: trigger.subject,
      limit: MOST_CANDIDATES,
    };
  }

  /** Those of whose subjects is so what the trigger wants. */
  async matched(workspaceId: string, playbook: Playbook, found: readonly PlaybookCandidate[]): Promise<readonly Matched[]> {
    const { trigger } = playbook;
    const asked = askedFacts(playbook);
    const matched: Matched[] = [];
    for (const integrationId of new Set(found.map((one) => one.integrationId))) {
      const own = found.filter((one) => one.integrationId === integrationId);
      const keys = [...new Set(own.map(({ subjectKey }) => subjectKey))];
      const subjectOf = await subjectFacts(this.storage.queries, { workspaceId, integrationId }, trigger.subject, keys, asked);
      for (const candidate of own) {
        const subject = subjectOf(candidate.subjectKey);
        if (holds(trigger.when, subject.facts)) matched.push({ candidate, subject });
      }
    }
    return matched;
  }

  /** @param mostADay `null`: somebody wants it. @returns `undefined`: it has begun already, or may not today */
  async begin(
    workspaceId: string,
    playbook: Playbook,
    { candidate, subject }: Matched,
    startedBy: Requester,
    mostADay: number | null,
  ): Promise<PlaybookRun | undefined> {
    const { integrationId, findingId, incidentId, subjectKind, subjectKey, label, opening } = candidate;
    const [first] = playbook.steps;
    if (first === undefined) throw new Error('A playbook has a step.');
    return this.storage.transaction(async () => {
      const run = await this.storage.playbookRuns.begin(
        workspaceId,
        {
          integrationId,
          findingId,
          incidentId,
          opening,
          subject: { kind: subjectKind, key: subjectKey, name: subject.name ?? label ?? subjectKey },
          playbook: playbook.id,
          version: playbook.version,
          definition: playbook,
          firstStep: first.id,
          deadlineMs: playbook.deadline.ms,
          startedBy,
        },
        mostADay,
      );
      if (run === undefined) return undefined;
      await this.ends.comment(run, `Playbook "${playbook.title}" has begun.`);
      if (startedBy.kind === 'playbook') await this.#told(run);
      this.log.info('a playbook has begun', { playbook: run.playbook, run: run.id });
      return run;
    });
  }

  async #told(run: PlaybookRun): Promise<void> {
    await this.trail.byHost(run.workspaceId, 'playbook.begun', {
      target: targetOf(run),
      after: { playbook: run.playbook, version: run.version, subject: run.subject, finding: run.findingId },
    });
  }
}
