import type { PlaybookRun, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { STORAGE } from '../storage/storage-token.js';
import { withdraw } from './requested-item.js';
import type { RunContext } from './run-context.js';

/** What is said and taken back when a run is over. */
@Injectable()
export class RunEnds {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
  ) {}

  /** It has come to one of its ends. */
  async end(context: RunContext, name: string): Promise<void> {
    const { run, playbook } = context;
    const says = playbook.ends[name] ?? '';
    await this.#over(run, 'ended', name, `Playbook "${playbook.title}" is over (${name}). ${says}`);
  }

  /** It was not over in time: what waits for somebody is withdrawn. */
  async expire({ run, playbook }: RunContext): Promise<void> {
    await this.withdrawOpen(run);
    await this.#over(run, 'expired', null, `Playbook "${playbook.title}" was not over by its deadline, and was given up.`);
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

  /** What nobody has agreed to yet; what was agreed to, or needs no agreement, is done. */
  async withdrawOpen(run: PlaybookRun): Promise<void> {
    for (const { requestId, state } of run.log.flatMap(({ items }) => items)) {
      if (requestId === null || state !== 'requested') continue;
      const request = await this.storage.actions.find(run.workspaceId, requestId);
      if (request !== undefined) await withdraw(this.storage, run, request);
    }
  }
}

export function targetOf({ id, playbook, subject }: PlaybookRun) {
  return { kind: 'playbook_run', id, name: `${playbook}: ${subject.name}` };
}
