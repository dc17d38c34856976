import { SEVERITIES, type Severity } from '@castellan/api';

export const ACTIVITIES = { 1: 'Create', 2: 'Update', 3: 'Close' } as const;

export interface OcsfClass {
  readonly class_uid: number;
  readonly class_name: string;
}

/** What every event of the category Findings has. Source: schema.ocsf.io/1.8.0. */
export interface EventFacts {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly changedAt: string;
  readonly activity: keyof typeof ACTIVITIES;
  /** What is applied to the class. */
  readonly profiles?: readonly string[];
}

/** Instants are milliseconds since 1970. */
export function ocsfEvent(ofClass: OcsfClass, { id, severity, message, changedAt, activity, profiles }: EventFacts): object {
  return {
    ...ofClass,
    category_uid: 2,
    category_name: 'Findings',
    activity_id: activity,
    activity_name: ACTIVITIES[activity],
    type_uid: ofClass.class_uid * 100 + activity,
    type_name: `${ofClass.class_name}: ${ACTIVITIES[activity]}`,
    time: millis(changedAt),
    message,
    ...ocsfSeverity(severity),
    metadata: {
      version: '1.8.0',
      uid: id,
      product: { name: 'Castellan', vendor_name: 'Castellan' },
      ...(profiles !== undefined && { profiles }),
    },
  };
}

/** 1 is informational, 5 critical; the captions begin with a capital. */
export function ocsfSeverity(severity: Severity): { readonly severity_id: number; readonly severity: string } {
  return { severity_id: SEVERITIES.indexOf(severity) + 1, severity: caption(severity) };
}

export function caption(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

export function millis(instant: string): number {
  return new Date(instant).getTime();
}
