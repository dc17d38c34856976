import type { NotifyStep } from '@castellan/playbooks';
import { severityWord, type Storage, type StoredStep } from '@castellan/storage';
import type { RunContext } from './run-context.js';
import { begunStep, endedStep } from './step-log.js';
import { namedRecords } from './step-records.js';

const MOST_LISTED = 50;
/** The type of the event. */
const NOTIFIED = 'playbook.notified';

/** In the transaction in which the log says so: told once, or not at all. */
export async function notified(
  storage: Storage,
  { run, playbook, integration }: RunContext,
  step: NotifyStep,
): Promise<StoredStep> {
  const { subject } = run;
  const finding = await storage.findings.find(run.workspaceId, run.findingId);
  const records = step.list === null ? [] : await namedRecords(storage.queries, run, step.list);
  await storage.events.record(run.workspaceId, NOTIFIED, {
    message: step.says,
    playbook: { id: playbook.id, title: playbook.title },
    run: run.id,
    step: step.id,
    integration: integration.id,
    name: integration.name,
    severity: finding === undefined ? playbook.trigger.severity : severityWord(finding.severity),
    finding: run.findingId,
    incident: run.incidentId,
    subject: { kind: subject.kind, key: subject.key, label: subject.name },
    records: {
      first: records.slice(0, MOST_LISTED).map(({ kind, key, name }) => ({ kind, key, label: name })),
      count: records.length,
    },
  });
  const listed = step.list === null ? '' : ` ${listWords(records.map(({ name }) => name))}`;
  return endedStep(begunStep(step), 'done', { message: `${step.says}${listed}` });
}

function listWords(names: readonly string[]): string {
  if (names.length === 0) return '(There are none.)';
  const more = names.length - MOST_LISTED;
  return `(${names.slice(0, MOST_LISTED).join(', ')}${more > 0 ? `, and ${more} more` : ''})`;
}
