import type { RuleProblemView } from '@castellan/api';
import { Alert, Code } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { countedRules } from './rule-words.js';
import styles from './detection.module.css';

/** Rules of files that cannot be used, and why: nothing is told by them. */
export function RuleProblems({ problems }: { readonly problems: readonly RuleProblemView[] }) {
  if (problems.length === 0) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle size={18} />} title={`${countedRules(problems.length)} cannot be used`}>
      <ul className={styles['problems']}>
        {problems.map(({ file, line, message }) => (
          <li key={`${file} ${line} ${message}`}>
            <Code>
              {file}:{line}
            </Code>{' '}
            {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
