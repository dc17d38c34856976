import type { PlaybookRun, Storage } from '@castellan/storage';

const VERDICT_WORDS = { benign: 'allowed', test: 'a test', false_alarm: 'a false alarm' } as const;

/**
 * Why a run shall do nothing more: since it began somebody has said that it was no attack, or that it may be so.
 * @returns `undefined`: nobody has
 */
export async function calledOff(
  { incidents, playbookRuns }: Pick<Storage, 'incidents' | 'playbookRuns'>,
  { id, workspaceId, incidentId, startedAt }: PlaybookRun,
): Promise<string | undefined> {
  const incident = incidentId === null ? undefined : await incidents.find(workspaceId, incidentId);
  const verdict =
    incident?.status === 'closed' && incident.closedAt !== null && incident.closedAt > startedAt ? incident.verdict : null;
  if (verdict !== null && verdict !== 'attack') return `The incident was closed: it was ${VERDICT_WORDS[verdict]}.`;
  if (await playbookRuns.isExcepted(id)) return 'The finding was excepted: it may be so for a while.';
  return undefined;
}
