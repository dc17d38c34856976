import type { KeptRuleProblemView } from '@castellan/api';
import { Alert, Code } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { AnchorLink } from '../shell/links.js';
import { countedRules, faultyRules } from './rule-words.js';
import styles from './detection.module.css';

/** Rules of files that cannot be used, and why: nothing is told by them. */
export function RuleProblems({ problems }: { readonly problems: readonly KeptRuleProblemView[] }) {
  if (problems.length === 0) return null;
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle size={18} />}
      title={`${countedRules(faultyRules(problems))} cannot be used`}
    >
      <ul className={styles['problems']}>
        {problems.map((problem) => (
          <li key={`${problem.file} ${problem.line} ${problem.message}`}>
            <Place problem={problem} /> {problem.message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** Of an uploaded file the way to it: its page shows the line. */
function Place({ problem: { file, fileId, line } }: { readonly problem: KeptRuleProblemView }) {
  const place = (
    <Code>
      {file}:{line}
    </Code>
  );
  if (fileId === null) return place;
  return (
    <AnchorLink to="/detection/files/$file" params={{ file: fileId }} size="sm">
      {place}
    </AnchorLink>
  );
}
