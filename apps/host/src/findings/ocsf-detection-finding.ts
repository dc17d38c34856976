import { CONFIDENCES, type Confidence, type FindingView } from '@castellan/api';
import type { DetectionFacts } from './detection-facts.js';
import { ocsfAttacks } from './ocsf-attacks.js';
import { caption, millis, ocsfEvent } from './ocsf-event.js';
import { activityOf, OCSF_STATUSES } from './ocsf-posture-finding.js';

const DETECTION_FINDING = { class_uid: 2004, class_name: 'Detection Finding' } as const;
/** Of the keys of its events: the whole of a long episode is asked for by its incident. */
const MOST_EVENTS = 200;

/**
 * A finding of a rule as OCSF 1.8.0 says it: Detection Finding (2004). Instants are milliseconds since 1970. What a log says of
 * an event has its place in `evidences`; how often, which types, and by what a rule groups stands in `unmapped`.
 */
export function ocsfDetectionFinding(finding: FindingView, facts: DetectionFacts | undefined): object {
  const { id, rule, subject, status, integration, evidence } = finding;
  const response = facts?.rule?.own.response ?? [];
  return {
    ...ocsfEvent(DETECTION_FINDING, {
      ...finding,
      message: `${rule.title}: ${subject.label}`,
      activity: activityOf(finding),
    }),
    ...OCSF_STATUSES[status],
    is_alert: status === 'open' || status === 'acknowledged',
    ...(facts !== undefined && {
      ...ocsfConfidence(facts.confidence),
      start_time: millis(facts.firstAt),
      end_time: millis(facts.lastAt),
    }),
    finding_info: {
      uid: id,
      uid_alt: finding.fingerprint,
      title: rule.title,
      ...(facts?.rule?.description !== undefined && { desc: facts.rule.description }),
      analytic: ocsfAnalytic(rule),
      ...present('attacks', ocsfAttacks(facts?.rule?.tags ?? [])),
      created_time: millis(finding.firstSeenAt),
      modified_time: millis(finding.changedAt),
      ...(facts !== undefined && {
        first_seen_time: millis(facts.firstAt),
        last_seen_time: millis(facts.lastAt),
        related_events: facts.events.slice(0, MOST_EVENTS).map((uid) => ({ uid })),
        related_events_count: countOf(evidence['events']) ?? facts.events.length,
      }),
      data_sources: [integration.name],
    },
    ...present('evidences', evidencesOf(evidence)),
    resources: resourcesOf(finding),
    ...(response.length > 0 && { remediation: { desc: response.join(' ') } }),
    unmapped: {
      evidence,
      exception: finding.exception,
      incident: facts?.incident ?? null,
      author: facts?.rule?.author ?? null,
    },
  };
}

export function ocsfAnalytic({ id, title }: { readonly id: string; readonly title: string }): object {
  return { uid: id, name: title, type_id: 1, type: 'Rule' };
}

/** 1 is low, 3 is high. */
export function ocsfConfidence(confidence: Confidence): object {
  return { confidence_id: CONFIDENCES.indexOf(confidence) + 1, confidence: caption(confidence) };
}

/** OCSF has no empty list where one is optional. */
export function present(key: string, list: readonly object[]): object {
  return list.length === 0 ? {} : { [key]: list };
}

/** Who did it, from where: together if there was one, else it is not known which belongs to which. */
function evidencesOf(evidence: FindingView['evidence']): readonly object[] {
  const actors = partiesAt(evidence, 'actors').map((party) => ({ actor: actorOf(party) }));
  const from = addressesAt(evidence).map((ip) => ({ src_endpoint: { ip } }));
  const targets = partiesAt(evidence, 'targets').filter(({ type }) => type === 'User');
  const done =
    actors.length === 1 && from.length > 0 ? from.map((place) => ({ ...actors[0], ...place })) : [...actors, ...from];
  return [...done, ...targets.map((target) => ({ user: userOf(target) }))];
}

interface Party {
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

function actorOf(party: Party): object {
  return party.type === 'User' ? { user: userOf(party) } : { app_uid: party.id, app_name: party.name };
}

function userOf({ id, name }: Party): object {
  return { uid: id, name, type_id: 1, type: 'User' };
}

/** Whom it is about, and what it was done to. */
function resourcesOf({ subject, integration, evidence }: FindingView): readonly object[] {
  const group = { name: integration.name, uid: integration.id };
  const others = partiesAt(evidence, 'targets').filter(({ id }) => id !== subject.key);
  return [
    { uid: subject.key, name: subject.label, type: subject.kind, group },
    ...others.map(({ id, name, type }) => ({ uid: id, name, type, group })),
  ];
}

/** Evidence is kept as it was found, also by a version before this one. */
function partiesAt(evidence: FindingView['evidence'], key: string): readonly Party[] {
  const list = evidence[key];
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown): readonly Party[] => {
    const [id, type, name] = ['id', 'type', 'name'].map((part) => textIn(one, part));
    return id === undefined ? [] : [{ id, type: type ?? 'Other', name: name ?? id }];
  });
}

function addressesAt(evidence: FindingView['evidence']): readonly string[] {
  const list = evidence['addresses'];
  return Array.isArray(list) ? list.flatMap((one: unknown) => textIn(one, 'value') ?? []) : [];
}

function textIn(value: unknown, key: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
