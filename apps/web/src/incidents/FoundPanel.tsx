import type { IncidentDetail, IncidentFinding } from '@castellan/api';
import { Group, Text } from '@mantine/core';
import { TechniqueLinks } from '../detection/TechniqueLinks.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { STATUS_LOOKS } from '../findings/status-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { exactTime, spanWords } from '../states/time-words.js';
import { countedEvents } from './incident-words.js';
import { CONFIDENCE_WORDS } from './incident-looks.js';
import styles from './incidents.module.css';

/** What rules have found, and why that is told. */
export function FoundPanel({ incident: { found } }: { readonly incident: IncidentDetail }) {
  return (
    <Panel title={found.length === 1 ? 'What was found' : `What was found: ${found.length} findings`}>
      <ol className={styles['found']}>
        {found.map((finding) => (
          <Found key={finding.id} finding={finding} />
        ))}
      </ol>
    </Panel>
  );
}

function Found({ finding }: { readonly finding: IncidentFinding }) {
  const { id, rule, severity, confidence, status, events } = finding;
  return (
    <li>
      <Group gap="xs" justify="space-between" align="baseline">
        <AnchorLink to="/detection/rules/$rule" params={{ rule: rule.id }} size="sm" fw={550}>
          {rule.title}
        </AnchorLink>
        <Group gap="md">
          <Look look={SEVERITY_LOOKS[severity]} />
          <Look look={STATUS_LOOKS[status]} />
        </Group>
      </Group>
      <Text size="xs" c="dimmed">
        {whenWords(finding)} · {countedEvents(events.length)} · {CONFIDENCE_WORDS[confidence]} confidence ·{' '}
        <AnchorLink to="/findings/$id" params={{ id }} size="xs" underline="always" aria-label={`Evidence: ${rule.title}`}>
          Evidence
        </AnchorLink>
      </Text>
      {rule.description !== null && (
        <Text size="sm" maw={760} mt={4} className={styles['said']}>
          {rule.description.trim()}
        </Text>
      )}
      <TechniqueLinks techniques={rule.techniques} />
      {rule.falsePositives.length > 0 && (
        <Text size="xs" c="dimmed" maw={760} mt={4}>
          No attack, where it is: {rule.falsePositives.map((one) => one.replace(/\.$/, '')).join('; ')}.
        </Text>
      )}
      {rule.author !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          Rule by {rule.author}
        </Text>
      )}
    </li>
  );
}

function whenWords({ firstAt, lastAt }: IncidentFinding): string {
  const seconds = (Date.parse(lastAt) - Date.parse(firstAt)) / 1_000;
  return seconds < 1 ? exactTime(Date.parse(firstAt)) : `${exactTime(Date.parse(firstAt))}, within ${spanWords(seconds)}`;
}
