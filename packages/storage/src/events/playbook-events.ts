import type { SeverityWord } from '../findings/finding.js';

/** What a playbook tells, in a step of a run. */
export interface PlaybookNotified {
  /** What the step says. */
  readonly message: string;
  readonly playbook: { readonly id: string; readonly title: string };
  readonly run: string;
  readonly step: string;
  /** Id and name of an integration. */
  readonly integration: string;
  readonly name: string;
  /** Of the finding that began it. */
  readonly severity: SeverityWord;
  readonly finding: string;
  /** `null`: of a check, or of no incident. */
  readonly incident: string | null;
  readonly subject: { readonly kind: string; readonly key: string; readonly label: string };
  /** What the step lists: at most 50; `count`: how many there are. */
  readonly records: {
    readonly first: readonly { readonly kind: string; readonly key: string; readonly label: string }[];
    readonly count: number;
  };
}
