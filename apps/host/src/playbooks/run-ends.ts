import type { Playbook } from '@castellan/playbooks';
import type { PlaybookRun, Storage, StoredStep } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { STORAGE } from '../storage/storage-token.js';
import { wishesOf } from '../actions/step-wish.js';
import type { RunContext } from './run-context.js';
import { leftUndone } from './step-log.js';

/** What is said and taken back when a run is over. */
@Injectable()
export class RunEnds {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
  ) {}

  /** It has come to one of its ends. */
  async end({ run, playbook }: RunContext, name: string, log: readonly StoredStep[]): Promise<void> {
    const says = [playbook.ends[name] ?? '', ...leftUndone(log)].join(' ');
    await this.#over(run, 'ended', name, `Playbook "${playbook.title}" is over (${name}). ${says}`);
  }

  /** It was not over in time: what waits for somebody is withdrawn. */
  async expire(run: PlaybookRun): Promise<void> {
    // It was one when it was written.
    const { title } = run.definition as Playbook;
    await this.#over(run, 'expired', null, `Playbook "${title}" was not over by its deadline, and was given up.`);
  }

  /** There is no reason for it any more. */
  async callOff(run: PlaybookRun, why: string): Promise<void> {
    const actor = { kind: 'playbook', id: null, name: `Playbook ${run.playbook}` } as const;
    await this.storage.transaction(async () => {
      const stopped = await this.storage.playbookRuns.stop(run.workspaceId, run.id, actor, why);
      if (stopped === undefined) return;
      await this.withdrawOpen(stopped);
      await this.comment(stopped, `The playbook has stopped. ${why}`);
      await this.trail.byHost(run.workspaceId, 'playbook.stop', { target: targetOf(run), after: { reason: why } });
    });
  }

  async #over(run: PlaybookRun, state: 'ended' | 'expired', name: string | null, text: string): Promise<void> {
    await this.storage.transaction(async () => {
      if (!(await this.storage.playbookLeases.end(run, state, name))) return;
      if (state === 'expired') await this.withdrawOpen(run);
      await this.comment(run, text);
      await this.trail.byHost(run.workspaceId, `playbook.${state}`, {
        target: targetOf(run),
        after: { playbook: run.playbook, version: run.version, state, end: name },
      });
    });
  }

  /** At the incident, or at the finding where there is none. */
  async comment(run: PlaybookRun, text: string): Promise<void> {
    const actor = { kind: 'host', id: null, name: `Playbook ${run.playbook}` } as const;
    const change = { do: 'comment', text } as const;
    if (run.incidentId !== null) await this.storage.incidentChanges.apply(run.workspaceId, [run.incidentId], change, actor);
    else await this.storage.findingChanges.apply(run.workspaceId, { ids: [run.findingId] }, change, actor);
  }

  /**
   * What nobody has agreed to yet; what was agreed to, or needs no agreement, is done, and what somebody else has asked for before is theirs.
   * In the caller's transaction.
   */
  async withdrawOpen(run: PlaybookRun): Promise<void> {
    const { workspaceId, playbook, id: runId } = run;
    const actor = { kind: 'host', id: null, name: `Playbook ${playbook}` } as const;
    for (const id of await this.storage.playbookRuns.proposals(workspaceId, wishesOf(run))) {
      const request = await this.storage.actions.decide(workspaceId, id, 'withdrawn', actor);
      if (request === undefined) continue;
      await this.trail.byHost(workspaceId, 'action.withdraw', {
        target: { kind: 'action', id, name: `${request.title}: ${request.subject.name}` },
        after: { action: request.action, state: request.state, playbook, run: runId },
      });
    }
  }
}

export function targetOf({ id, playbook, subject }: PlaybookRun) {
  return { kind: 'playbook_run', id, name: `${playbook}: ${subject.name}` };
}
