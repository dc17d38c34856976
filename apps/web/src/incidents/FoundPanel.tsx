import type { IncidentDetail, IncidentFinding } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { TechniqueLinks } from '../detection/TechniqueLinks.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { STATUS_LOOKS } from '../findings/status-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Look } from '../states/Look.js';
import { Panel } from '../states/Panel.js';
import { useNow } from '../states/now.js';
import { clockTime, exactTime, spanWords } from '../states/time-words.js';
import { worstFirst } from './found-order.js';
import { countedEvents } from './incident-words.js';
import { CONFIDENCE_WORDS } from './incident-looks.js';
import styles from './incidents.module.css';

/** More are shown when somebody asks for them: what happened stands below. */
const FEW = 5;

/** What rules have found, the worst first, a line each; why that is told where somebody asks, or where there is only one. */
export function FoundPanel({ incident: { found } }: { readonly incident: IncidentDetail }) {
  const [isWhole, setWhole] = useState(false);
  const list = useId();
  const shown = isWhole ? worstFirst(found) : worstFirst(found).slice(0, FEW);
  return (
    <Panel title={found.length === 1 ? 'What was found' : `What was found: ${found.length} findings`}>
      <ol className={styles['found']} id={list}>
        {shown.map((finding) => (
          <Found key={finding.id} finding={finding} isOnly={found.length === 1} />
        ))}
      </ol>
      {found.length > FEW && (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          aria-expanded={isWhole}
          aria-controls={list}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? `Show the ${FEW} worst only` : `Show all ${found.length.toLocaleString('en')}`}
        </Button>
      )}
    </Panel>
  );
}

/** Whoever wrote a rule is named with each finding, also where it is folded: of ours it goes without saying. */
const OURS = 'Castellan';

function Found({ finding, isOnly }: { readonly finding: IncidentFinding; readonly isOnly: boolean }) {
  const { id, rule, severity, status, firstAt } = finding;
  const [isOpen, setOpen] = useState(isOnly);
  const why = useId();
  const now = useNow();
  const isForeign = rule.author !== null && rule.author !== OURS;
  return (
    <li>
      <Group gap="4px 12px" align="center">
        <div className={styles['severity']}>
          <Look look={SEVERITY_LOOKS[severity]} />
        </div>
        <div className={styles['rule']}>
          <AnchorLink to="/detection/rules/$rule" params={{ rule: rule.id }} size="sm" fw={550}>
            {rule.title}
          </AnchorLink>
          {isForeign && (
            <Text size="xs" c="dimmed">
              Rule by {rule.author}
            </Text>
          )}
        </div>
        {status !== 'open' && <Look look={STATUS_LOOKS[status]} />}
        <Text size="xs" c="dimmed" component="time" dateTime={firstAt} title={exactTime(Date.parse(firstAt))}>
          {clockTime(Date.parse(firstAt), now)}
        </Text>
        <AnchorLink to="/findings/$id" params={{ id }} size="xs" underline="always" aria-label={`Evidence: ${rule.title}`}>
          Evidence
        </AnchorLink>
        {!isOnly && (
          <Button
            size="compact-xs"
            variant="subtle"
            px={0}
            aria-label={`Why: ${rule.title}`}
            aria-expanded={isOpen}
            aria-controls={why}
            rightSection={isOpen ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
            onClick={() => setOpen(!isOpen)}
          >
            Why
          </Button>
        )}
      </Group>
      <div id={why}>{isOpen && <Why finding={finding} />}</div>
    </li>
  );
}

function Why({ finding }: { readonly finding: IncidentFinding }) {
  const { rule, events, confidence, firstAt, lastAt } = finding;
  const seconds = (Date.parse(lastAt) - Date.parse(firstAt)) / 1_000;
  return (
    <>
      <Text size="xs" c="dimmed" mt={4}>
        {countedEvents(events.length)}
        {seconds >= 1 && ` within ${spanWords(seconds)}`} · {CONFIDENCE_WORDS[confidence]} confidence
        {rule.author === OURS && ` · Rule by ${OURS}`}
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
    </>
  );
}
