import type { FindingView } from '@castellan/api';
import { Checkbox, Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { lastDayWords } from '../states/time-words.js';
import { Evidence } from './Evidence.js';
import { STATUS_LOOKS } from './status-looks.js';
import { SEVERITY_LOOKS } from './severity-looks.js';
import { SubjectLink } from './SubjectLink.js';
import styles from './findings.module.css';

/** What the page around a list has said already is not said in its rows. */
export interface RowLook {
  /** Of one check: what was seen takes the place of its title. */
  readonly isOfOneCheck?: boolean;
  /** Of one person, group, …: it is not named again. */
  readonly isOfOneSubject?: boolean;
  /** Findings of several integrations. */
  readonly several: boolean;
}

interface FindingRowProps {
  readonly finding: FindingView;
  readonly look: RowLook;
  /** `undefined`: nothing can be done with it. */
  readonly onSelect: ((isSelected: boolean) => void) | undefined;
  readonly isSelected: boolean;
}

export function FindingRow({ finding, look, onSelect, isSelected }: FindingRowProps) {
  const { id, rule, subject, integration, severity, severityReason, openedAt, owner, status, exception } = finding;
  const { isOfOneCheck = false, isOfOneSubject = false, several } = look;
  const name = isOfOneSubject ? rule.title : subject.label;
  return (
    <Table.Tr>
      <Table.Td className={styles['named']}>
        <Selectable name={name} onSelect={onSelect} isSelected={isSelected}>
          {isOfOneSubject ? <RuleLink id={id} title={rule.title} /> : <SubjectLink {...finding} />}
          <Text size="xs" c="dimmed">
            {[isOfOneSubject || subject.detail === subject.label ? null : subject.detail, several ? integration.name : null]
              .filter((part) => part !== null)
              .join(' · ')}
          </Text>
        </Selectable>
      </Table.Td>
      {!isOfOneSubject && (
        <Table.Td className={styles['entry']}>
          {isOfOneCheck ? <Evidence of={finding} isShort /> : <RuleLink id={id} title={rule.title} />}
        </Table.Td>
      )}
      <Table.Td>
        <Look look={SEVERITY_LOOKS[severity]} />
        {severityReason !== null && (
          <Text size="xs" c="dimmed">
            {severityReason}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={styles['nowrap']}>
        <Ago at={openedAt} />
      </Table.Td>
      <Table.Td>{owner?.name ?? <Nobody />}</Table.Td>
      <Table.Td>
        <Look look={STATUS_LOOKS[status]} />
        {exception !== null && (
          <Text size="xs" c="dimmed" maw={260}>
            until {lastDayWords(Date.parse(exception.until))}: {exception.reason}
          </Text>
        )}
        {isOfOneCheck && (
          <AnchorLink to="/findings/$id" params={{ id }} size="xs" aria-label={`History of ${name}`}>
            History
          </AnchorLink>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function RuleLink({ id, title }: { readonly id: string; readonly title: string }) {
  return (
    <AnchorLink to="/findings/$id" params={{ id }} size="sm">
      {title}
    </AnchorLink>
  );
}

function Nobody() {
  return (
    <Text size="sm" c="dimmed" component="span">
      nobody
    </Text>
  );
}

interface SelectableProps extends Pick<FindingRowProps, 'onSelect' | 'isSelected'> {
  readonly name: string;
  readonly children: ReactNode;
}

function Selectable({ name, onSelect, isSelected, children }: SelectableProps) {
  if (onSelect === undefined) return children;
  return (
    <Group gap={10} wrap="nowrap" align="flex-start">
      <Checkbox
        size="xs"
        mt={3}
        aria-label={`Select ${name}`}
        checked={isSelected}
        onChange={({ currentTarget }) => onSelect(currentTarget.checked)}
      />
      <div>{children}</div>
    </Group>
  );
}
