import { askedFacts, holds, type OurPlaybook, type Playbook, SEVERITIES } from '@castellan/playbooks';
import type { Logger } from '@castellan/connector-sdk';
import type {
  CandidatePlace,
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

/** Of one playbook, of which so many are gone through at a time. */
const CANDIDATES = 1_000;
const PAGES_AT_ONCE = 3;

/** A finding that begins a playbook, and whom it is about. */
export interface Matched {
  readonly candidate: PlaybookCandidate;
  readonly subject: KnownSubject;
}

/** Begins runs: by themselves, where a playbook is on, or because somebody wants one. */
@Injectable()
export class PlaybookStarts {
  /** Of each playbook that more may begin than are looked at each time, where it goes on. */
  readonly #places = new Map<string, CandidatePlace>();

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
    const { id, title, trigger } = our.playbook;
    const leftToday = () => this.storage.playbookRuns.leftToday(workspaceId, id, trigger.mostADay);
    let left = await leftToday();
    if (left === 0) return [];
    // Whoever has switched it on, or has made the key that did, is no second person for what it asks.
    const by = enabledBy?.userId ?? enabledBy?.id ?? null;
    const startedBy = { kind: 'playbook', id: null, name: `Playbook ${title}`, userId: by } as const;
    const begun: PlaybookRun[] = [];
    for await (const one of this.#due(workspaceId, our.playbook, enabledAt ?? new Date())) {
      const run = await this.begin(workspaceId, our.playbook, one, startedBy, trigger.mostADay);
      if (run !== undefined) begun.push(run);
      // Another host may have begun it, or the last one of the day.
      left = run === undefined ? await leftToday() : left - 1;
      if (left === 0) break;
    }
    return begun;
  }

  /**
   * Those that may begin, one of each subject. The youngest are looked at each time; of the rest it goes on where it was the last time,
   * so that those whose subject is not as wanted are in nobody's way, however many they are.
   */
  async *#due(workspaceId: string, playbook: Playbook, since: Date): AsyncGenerator<Matched> {
    const query = await this.queryOf(workspaceId, playbook);
    const place = `${workspaceId} ${playbook.id}`;
    const subjects = new Set<string>();
    let after: CandidatePlace | undefined;
    for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
      const found = await this.storage.playbookCandidates.since(workspaceId, query, since, after);
      for (const one of await this.matched(workspaceId, playbook, found)) {
        const subject = `${one.candidate.integrationId} ${one.candidate.subjectKey}`;
        if (subjects.has(subject)) continue;
        subjects.add(subject);
        yield one;
      }
      const last = found.at(-1);
      if (last === undefined || found.length < query.limit) {
        this.#places.delete(place);
        return;
      }
      after = (page === 0 ? this.#places.get(place) : undefined) ?? last;
      this.#places.set(place, after);
    }
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
      limit: CANDIDATES,
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
