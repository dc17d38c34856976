import type { PlaybookDetail, PlaybookFinding } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Panel } from '../states/Panel.js';
import { counted } from './playbook-words.js';
import styles from './playbooks.module.css';

/** When it begins: by what, about whom, and how often at most. */
export function PlaybookTrigger({ playbook: { trigger } }: { readonly playbook: PlaybookDetail }) {
  const { findings, leastSeverity, conditions, mostADay } = trigger;
  return (
    <Panel title="When it begins">
      <Stack gap="xs">
        <Text size="sm">
          When one of these finds something that is {SEVERITY_LOOKS[leastSeverity].word.toLowerCase()} or worse:
        </Text>
        <ul className={styles['points']}>
          {findings.map((one) => (
            <li key={`${one.source} ${one.id}`}>
              <FindingLink finding={one} />
            </li>
          ))}
        </ul>
        {conditions.length > 0 && (
          <>
            <Text size="sm">And all of this is so:</Text>
            <ul className={styles['points']}>
              {conditions.map((condition) => (
                <li key={condition}>{condition}</li>
              ))}
            </ul>
          </>
        )}
        <Text size="sm" c="dimmed">
          {counted(mostADay, 'run begins', 'runs begin')} within 24 hours at most; what is more waits.
        </Text>
      </Stack>
    </Panel>
  );
}

function FindingLink({ finding: { source, id, title } }: { readonly finding: PlaybookFinding }) {
  if (source === 'posture')
    return (
      <AnchorLink to="/posture/checks/$check" params={{ check: id }} size="sm">
        {title}
      </AnchorLink>
    );
  return (
    <AnchorLink to="/detection/rules/$rule" params={{ rule: id }} size="sm">
      {title}
    </AnchorLink>
  );
}
