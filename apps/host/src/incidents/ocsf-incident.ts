import { type IncidentStatus, type IncidentView, SEVERITIES, type Verdict } from '@castellan/api';
import type { RuleFacts } from '@castellan/detection';
import type { IncidentFindingRow } from '@castellan/storage';
import { ocsfAttacks } from '../findings/ocsf-attacks.js';
import { ocsfAnalytic, ocsfConfidence, present } from '../findings/ocsf-detection-finding.js';
import { millis, ocsfEvent } from '../findings/ocsf-event.js';

/** An incident, with what it is made of. */
export interface ExportedIncident {
  readonly incident: IncidentView;
  /** In the order of their first events. Empty: nobody has asked. */
  readonly found: readonly { readonly row: IncidentFindingRow; readonly rule: RuleFacts | undefined }[];
}

const INCIDENT_FINDING = { class_uid: 2005, class_name: 'Incident Finding' } as const;

const STATUSES: Readonly<Record<IncidentStatus, { readonly status_id: number; readonly status: string }>> = {
  open: { status_id: 1, status: 'New' },
  acknowledged: { status_id: 2, status: 'In Progress' },
  closed: { status_id: 5, status: 'Closed' },
};
const VERDICTS: Readonly<Record<Verdict, { readonly verdict_id: number; readonly verdict: string }>> = {
  attack: { verdict_id: 2, verdict: 'True Positive' },
  benign: { verdict_id: 5, verdict: 'Benign' },
  test: { verdict_id: 6, verdict: 'Test' },
  false_alarm: { verdict_id: 1, verdict: 'False Positive' },
};
/** The class wants somebody, or a group. */
const NOBODY = { assignee_group: { name: 'Unassigned' } };

/**
 * An incident as OCSF 1.8.0 says it: Incident Finding (2005). Instants are milliseconds since 1970. Whom it is about has no place
 * of its own in this class, and stands in `unmapped`. Source: schema.ocsf.io/1.8.0.
 */
export function ocsfIncident({ incident, found }: ExportedIncident): object {
  const { rule, subject, status, verdict, owner, changedAt, openedAt } = incident;
  const desc = `${rule.title}: ${subject.label}`;
  const activity = status === 'closed' ? 3 : changedAt === openedAt ? 1 : 2;
  const tags = new Set(found.flatMap((one) => one.rule?.tags ?? []));
  return {
    ...ocsfEvent(INCIDENT_FINDING, { ...incident, message: desc, activity, profiles: ['incident'] }),
    ...STATUSES[status],
    ...ocsfConfidence(incident.confidence),
    desc,
    start_time: millis(incident.firstAt),
    end_time: millis(incident.lastAt),
    ...(verdict !== null && { ...VERDICTS[verdict], is_suspected_breach: verdict === 'attack' }),
    ...(owner === null ? NOBODY : { assignee: { uid: owner.id, name: owner.name, type_id: 1, type: 'User' } }),
    ...present('attacks', ocsfAttacks([...tags])),
    finding_info_list: found.map((one) => findingInfo(one, incident)),
    unmapped: { subject, integration: incident.integration, findings: incident.findings },
  };
}

function findingInfo({ row, rule }: ExportedIncident['found'][number], { integration }: IncidentView): object {
  const title = row.title ?? rule?.title ?? row.rule;
  return {
    uid: row.id,
    title,
    ...(rule?.description !== undefined && { desc: rule.description }),
    analytic: ocsfAnalytic({ id: row.rule, title }),
    ...present('attacks', ocsfAttacks(rule?.tags ?? [])),
    first_seen_time: row.firstAt.getTime(),
    last_seen_time: row.lastAt.getTime(),
    related_events_count: row.events.length,
    data_sources: [integration.name],
    tags: [{ name: 'severity', value: SEVERITIES[row.severity - 1] ?? 'medium' }],
  };
}
