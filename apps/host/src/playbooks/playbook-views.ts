import type {
  PlaybookDetail,
  PlaybookFinding,
  PlaybookPerson,
  PlaybookRunView,
  PlaybookSetting,
  PlaybookStepLog,
  PlaybookSummary,
} from '@castellan/api';
import { conditionWords, type OurPlaybook, type Playbook, stepWords } from '@castellan/playbooks';
import type { PlaybookRun, Requester, StoredPlaybookSetting, StoredStep } from '@castellan/storage';

export interface PlaybookStanding {
  readonly setting: StoredPlaybookSetting | undefined;
  readonly runs: PlaybookSummary['runs'];
}

export function playbookSummary({ playbook }: OurPlaybook, { setting, runs }: PlaybookStanding): PlaybookSummary {
  const { id, version, title, summary } = playbook;
  return { id, version, title, summary, setting: settingView(version, setting), runs };
}

export function playbookDetail(
  our: OurPlaybook,
  standing: PlaybookStanding,
  findings: readonly PlaybookFinding[],
): PlaybookDetail {
  const { playbook, text } = our;
  const { trigger } = playbook;
  return {
    ...playbookSummary(our, standing),
    trigger: {
      findings,
      leastSeverity: trigger.severity,
      subject: trigger.subject,
      conditions: conditionWords(trigger.when, `the ${trigger.subject.replaceAll('_', ' ')}`),
      mostADay: trigger.mostADay,
    },
    steps: playbook.steps.map((step) => ({
      id: step.id,
      kind: step.kind,
      title: step.title,
      says: stepWords(step, playbook),
      action: step.kind === 'action' ? step.action : null,
    })),
    ends: Object.entries(playbook.ends).map(([id, says]) => ({ id, says })),
    deadlineMs: playbook.deadline.ms,
    yaml: text,
  };
}

function settingView(version: number, setting: StoredPlaybookSetting | undefined): PlaybookSetting {
  const isEnabled = setting?.enabledVersion === version;
  const enabled = setting?.enabledVersion ?? null;
  return {
    isEnabled,
    isOutdated: enabled !== null && !isEnabled,
    enabledAt: isEnabled ? textOf(setting?.enabledAt) : null,
    enabledBy: isEnabled && setting !== undefined ? personOrNull(setting.enabledBy) : null,
    simulatedAt: setting?.simulatedVersion === version ? textOf(setting.simulatedAt) : null,
  };
}

export function playbookRunView(run: PlaybookRun, integration: PlaybookRunView['integration']): PlaybookRunView {
  const { id, findingId, incidentId, subject, state, waitsFor, reason } = run;
  // It was one when it was written.
  const playbook = run.definition as Playbook;
  const isAtStep = run.step !== null && playbook.steps.some((step) => step.id === run.step);
  const isOver = run.endedAt !== null;
  return {
    id,
    playbook: { id: run.playbook, version: run.version, title: playbook.title },
    integration,
    findingId,
    incidentId,
    subject,
    state,
    waitsFor,
    step: isAtStep && !isOver ? run.step : null,
    end: run.endedAs ?? (isAtStep || isOver ? null : run.step),
    log: run.log.map((entry) => stepLog(entry, isOver)),
    startedBy: personOf(run.startedBy),
    startedAt: run.startedAt.toISOString(),
    deadlineAt: run.deadlineAt.toISOString(),
    endedAt: textOf(run.endedAt),
    stoppedBy: personOrNull(run.stoppedBy),
    reason,
  };
}

function stepLog(entry: StoredStep, isOver: boolean): PlaybookStepLog {
  const items = entry.items.map(({ troubledSince: _since, ...item }) => ({ ...item, by: personOrNull(item.by) }));
  const state = isOver && entry.state === 'open' ? 'given_up' : entry.state;
  return { ...entry, state, items, decidedBy: personOrNull(entry.decidedBy) };
}

const textOf = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

function personOrNull(person: Requester | null): PlaybookPerson | null {
  return person === null ? null : personOf(person);
}

/** What the host has done by itself it has done for a playbook. */
function personOf({ kind, id, name }: Requester): PlaybookPerson {
  return { kind: kind === 'user' || kind === 'api_key' ? kind : 'playbook', id, name };
}
