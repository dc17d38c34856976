import type { FindingStatus, FindingView } from '@castellan/api';
import { ALL_CHECKS, type Check, controlsOf, FRAMEWORKS } from '@castellan/posture';
import { type ACTIVITIES, millis, type OcsfClass, ocsfEvent, ocsfSeverity } from './ocsf-event.js';

/** Who somebody is and what he may: the subject is a principal, or what principals hold. All else is what is set. */
const PRINCIPALS: readonly string[] = ['account', 'group', 'role'];

const COMPLIANCE_FINDING = { class_uid: 2003, class_name: 'Compliance Finding' } as const;
const IAM_ANALYSIS_FINDING = { class_uid: 2008, class_name: 'IAM Analysis Finding' } as const;

export const OCSF_STATUSES: Readonly<Record<FindingStatus, { readonly status_id: number; readonly status: string }>> = {
  open: { status_id: 1, status: 'New' },
  acknowledged: { status_id: 2, status: 'In Progress' },
  excepted: { status_id: 3, status: 'Suppressed' },
  resolved: { status_id: 4, status: 'Resolved' },
};

const CHECKS = new Map(ALL_CHECKS.map((check) => [check.id, check]));
const STANDARDS = new Map(FRAMEWORKS.map(({ id, title, version }) => [String(id), `${title} ${version}`]));
/** Of a check that speaks to none: the class wants one. */
const OWN_STANDARD = 'Castellan posture checks';

/**
 * A finding of a check as OCSF 1.8.0 says it: Compliance Finding (2003) or IAM Analysis Finding (2008). Instants are milliseconds since
 * 1970. What was seen has no place of its own in both classes, and stands in `unmapped`. Source: schema.ocsf.io/1.8.0.
 */
export function ocsfPostureFinding(finding: FindingView): object {
  const check = CHECKS.get(finding.rule.id);
  return PRINCIPALS.includes(finding.subject.kind)
    ? { ...common(finding, check, IAM_ANALYSIS_FINDING), ...identity(finding) }
    : { ...common(finding, check, COMPLIANCE_FINDING), compliance: compliance(finding, check) };
}

/** A finding that is as it was when it was opened has just been created. */
export function activityOf({ status, changedAt, openedAt }: FindingView): keyof typeof ACTIVITIES {
  if (status === 'resolved') return 3;
  return changedAt === openedAt ? 1 : 2;
}

function common(finding: FindingView, check: Check | undefined, ofClass: OcsfClass): object {
  const { id, rule, integration, subject, status, severityReason } = finding;
  return {
    ...ocsfEvent(ofClass, { ...finding, message: `${rule.title}: ${subject.label}`, activity: activityOf(finding) }),
    ...OCSF_STATUSES[status],
    finding_info: {
      uid: id,
      uid_alt: finding.fingerprint,
      title: rule.title,
      ...(check !== undefined && { desc: check.why }),
      analytic: { uid: rule.id, name: rule.title, type_id: 1, type: 'Rule' },
      created_time: millis(finding.firstSeenAt),
      first_seen_time: millis(finding.firstSeenAt),
      modified_time: millis(finding.changedAt),
      data_sources: [integration.name],
    },
    resources: [
      { uid: subject.key, name: subject.label, type: subject.kind, group: { name: integration.name, uid: integration.id } },
    ],
    ...(check !== undefined && { remediation: { desc: check.fix.join(' ') } }),
    unmapped: { evidence: finding.evidence, severity_reason: severityReason, exception: finding.exception },
  };
}

/** What the class wants one of at least: what it may, when it was seen, or that it is the one who has access. */
function identity({ subject, evidence }: FindingView): object {
  const { kind, key, label, detail } = subject;
  const types = kind === 'account' ? { type_id: 1, type: 'User' } : { type_id: 99, type: kind };
  const user = { uid: key, name: kind === 'account' ? (detail ?? label) : label, ...types };
  const roles = textsAt(evidence, 'roles');
  const seen = instantAt(evidence, 'lastLoginAt');
  return {
    user,
    access_analysis_result: { accessors: [user] },
    ...(roles.length > 0 && { permission_analysis_results: [{ granted_privileges: roles }] }),
    ...(seen !== undefined && { identity_activity_metrics: { last_seen_time: seen } }),
  };
}

function compliance({ rule, status, severity }: FindingView, check: Check | undefined): object {
  const controls = check === undefined ? [] : controlsOf(check);
  const standards = [...new Set(controls.map(({ framework }) => STANDARDS.get(framework) ?? framework))];
  const named = standards.length === 0 ? [OWN_STANDARD] : standards;
  const verdict = status === 'resolved' ? { status_id: 1, status: 'Pass' } : { status_id: 3, status: 'Fail' };
  return {
    standards: named,
    ...(controls[0] !== undefined && { control: controls[0].control }),
    requirements: controls.map(({ framework, control }) => `${STANDARDS.get(framework) ?? framework} ${control}`),
    checks: [{ uid: rule.id, name: rule.title, standards: named, ...ocsfSeverity(severity), ...verdict }],
    ...verdict,
  };
}

function instantAt(evidence: FindingView['evidence'], key: string): number | undefined {
  const value = evidence[key];
  const time = typeof value === 'string' ? millis(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function textsAt(evidence: FindingView['evidence'], key: string): readonly string[] {
  const value = evidence[key];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
