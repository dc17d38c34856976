import type { IncidentOthers } from '../detection/incident-others.js';
import type { IncidentStatus, IncidentVerdict } from '../detection/incident.js';
import type { SeverityWord } from '../findings/finding.js';

/** How sure a rule is that what it finds is an attack; 1 comes first. */
export const CONFIDENCE_WORDS = ['low', 'medium', 'high'] as const;

interface AboutSomebody {
  /** Id and name of an integration. */
  readonly integration: string;
  readonly name: string;
  readonly severity: SeverityWord;
  readonly confidence: (typeof CONFIDENCE_WORDS)[number];
  /** `account`, `address` or `organisation`. */
  readonly subject: { readonly kind: string; readonly key: string; readonly label: string };
  /**
   * Other accounts that it was done to, and of an address or an organisation also those that did it: at most five; `count`: how many
   * there are.
   */
  readonly others: IncidentOthers;
  /** Of its events. */
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface FindingOpened extends AboutSomebody {
  readonly finding: string;
  readonly incident: string;
  readonly rule: { readonly id: string; readonly title: string; readonly author: string | null };
  /** How many. */
  readonly events: number;
}

export interface IncidentOpened extends AboutSomebody {
  readonly incident: string;
  /** Of its worst finding. */
  readonly rule: { readonly id: string; readonly title: string };
  /** All that have found something of it that stands, the worst first, at most ten. */
  readonly rules: readonly { readonly id: string; readonly title: string }[];
  /** How many stand. */
  readonly findings: number;
}

export interface IncidentChanged extends IncidentOpened {
  /** `severity`: it is worse than it was told to be. */
  readonly change: 'severity' | 'closed' | 'reopened';
  /** `severity`: what it was told to be. */
  readonly from: SeverityWord | null;
  readonly status: IncidentStatus;
  /** What somebody has said that it was. */
  readonly verdict: IncidentVerdict | null;
}
