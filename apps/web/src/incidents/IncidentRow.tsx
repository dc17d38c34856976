import type { IncidentView } from '@castellan/api';
import { Badge, Checkbox, Group, Table, Text } from '@mantine/core';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { SubjectLink } from '../findings/SubjectLink.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { CONFIDENCE_WORDS, incidentLook } from './incident-looks.js';
import { othersWords } from './incident-words.js';
import styles from './incidents.module.css';
import { titleId } from './use-queue-keys.js';

export interface IncidentRowProps {
  readonly incident: IncidentView;
  /** Whether its severity is said here: not below a heading that has said it. */
  readonly hasSeverity: boolean;
  /** Incidents of several integrations. */
  readonly several: boolean;
  /** Opened since somebody has opened the page. */
  readonly isNew: boolean;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  /** `undefined`: nothing can be done with it. */
  readonly onSelect: ((isSelected: boolean) => void) | undefined;
  readonly onFocus: () => void;
}

export function IncidentRow(props: IncidentRowProps) {
  const { incident, hasSeverity, several, isNew, isCurrent, isSelected, onSelect, onFocus } = props;
  const { id, rule, subject, integration, severity, confidence, findings, lastAt, owner } = incident;
  const more = [subject.detail === subject.label ? null : subject.detail, several ? integration.name : null];
  const others = othersWords(incident);
  return (
    <Table.Tr className={styles['row']}>
      <Table.Td className={styles['title']} miw={280}>
        <Group gap={10} wrap="nowrap" align="flex-start">
          {onSelect !== undefined && (
            <Checkbox
              size="xs"
              mt={3}
              aria-label={`Select ${rule.title}: ${subject.label}`}
              checked={isSelected}
              onFocus={onFocus}
              onChange={({ currentTarget }) => onSelect(currentTarget.checked)}
            />
          )}
          <div>
            <Group gap={8}>
              <AnchorLink
                id={titleId(id)}
                to="/incidents/$id"
                params={{ id }}
                size="sm"
                fw={550}
                data-current={isCurrent}
                onFocus={onFocus}
              >
                {rule.title}
              </AnchorLink>
              {isNew && (
                <Badge size="xs" variant="light" color="blue">
                  New
                </Badge>
              )}
            </Group>
            <SubjectLink subject={subject} integration={integration} />
            <Text size="xs" c="dimmed">
              {more.filter((part) => part !== null).join(' · ')}
            </Text>
            {others !== undefined && <Text size="xs">{others}</Text>}
          </div>
        </Group>
      </Table.Td>
      {hasSeverity && (
        <Table.Td>
          <Look look={SEVERITY_LOOKS[severity]} />
        </Table.Td>
      )}
      <Table.Td className={styles['nowrap']}>{CONFIDENCE_WORDS[confidence]}</Table.Td>
      <Table.Td>{findings.toLocaleString('en')}</Table.Td>
      <Table.Td className={styles['nowrap']}>
        <Ago at={lastAt} />
      </Table.Td>
      <Table.Td>
        {owner?.name ?? (
          <Text size="sm" c="dimmed" component="span">
            nobody
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Look look={incidentLook(incident)} />
      </Table.Td>
    </Table.Tr>
  );
}
