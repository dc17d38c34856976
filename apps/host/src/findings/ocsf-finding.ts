import type { FindingView } from '@castellan/api';
import type { DetectionFacts } from './detection-facts.js';
import { ocsfDetectionFinding } from './ocsf-detection-finding.js';
import { ocsfPostureFinding } from './ocsf-posture-finding.js';

/** A finding, with what there is to say of those of rules. */
export interface ExportedFinding {
  readonly finding: FindingView;
  /** `undefined`: of a check, or nobody has asked. */
  readonly facts: DetectionFacts | undefined;
}

/** A finding as OCSF 1.8.0 says it, of the class that its source and its subject ask for. */
export function ocsfFinding({ finding, facts }: ExportedFinding): object {
  return finding.source === 'detection' ? ocsfDetectionFinding(finding, facts) : ocsfPostureFinding(finding);
}
