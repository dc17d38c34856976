import type { AccessRow, UsageCoverage } from '@castellan/api';
import { Menu, Paper, Table, Text, UnstyledButton } from '@mantine/core';
import { IconFilter, IconQuestionMark, IconUserMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AnchorLink } from '../shell/links.js';
import { useNow } from '../states/now.js';
import { RowMenu } from '../states/RowMenu.js';
import { cardHeads } from '../states/SmallTable.js';
import { exactTime } from '../states/time-words.js';
import { Wide } from '../states/Wide.js';
import tableStyles from '../states/small-table.module.css';
import { Chain } from './Chain.js';
import type { ListPart } from './entity-parts.js';
import { LastUsed } from './LastUsed.js';
import { type Names, sinceWords } from './link-words.js';
import { nodeId } from './node-looks.js';
import { NodeStatus } from './NodeStatus.js';
import type { Entity } from './use-entity.js';
import styles from './access.module.css';

interface AccessRowsProps {
  readonly entity: Entity;
  readonly part: ListPart;
  readonly title: string;
  readonly rows: readonly AccessRow[];
  readonly names: Names;
  /** `undefined`: what is listed is not used, and there is no such column. */
  readonly coverage: UsageCoverage | null | undefined;
  /** Others were asked for and have not come yet. */
  readonly isWaiting: boolean;
}

export function AccessRows({ entity, part, title, rows, names, coverage, isWaiting }: AccessRowsProps) {
  // Use is added up to now, whatever day the list is of.
  const usedHead = entity.search.at === undefined ? 'Last used' : 'Last used, until now';
  const heads = ['Name', 'Why', 'Since', ...(coverage === undefined ? [] : [usedHead])];
  return (
    <Paper withBorder bg="var(--castellan-surface)" className={tableStyles['frame']}>
      <Wide label={title}>
        <Table
          verticalSpacing={7}
          horizontalSpacing="sm"
          aria-label={title}
          aria-busy={isWaiting}
          className={`${tableStyles['table']} ${styles['rows']}`}
          style={{ '--small-table-width': `${coverage === undefined ? 640 : 800}px`, ...cardHeads(heads) }}
          data-actions
          data-narrow="cards"
        >
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
              <Table.Th>
                <span className={tableStyles['spoken']}>Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Row key={nodeId(row.node)} entity={entity} part={part} row={row} names={names}>
                {coverage !== undefined && (
                  <Table.Td miw={150}>
                    <LastUsed usage={row.usage} coverage={coverage} />
                  </Table.Td>
                )}
              </Row>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Paper>
  );
}

interface RowProps {
  readonly entity: Entity;
  readonly part: ListPart;
  readonly row: AccessRow;
  readonly names: Names;
  /** The cell of its use. */
  readonly children: ReactNode;
}

function Row({ entity, part, row, names, children }: RowProps) {
  const { place, search, change } = entity;
  const { node, chains, since } = row;
  const now = useNow();
  const open = (): void => change({ why: nodeId(node) });
  const why = (
    <UnstyledButton fz="xs" c="var(--mantine-color-anchor)" onClick={open} aria-label={`${waysWords(row)}: ${node.label}`}>
      {waysWords(row)}
    </UnstyledButton>
  );
  return (
    <Table.Tr
      className={styles['open']}
      // For the mouse only: by keyboard there is the button of the ways, which does the same.
      onClick={({ target }) => {
        if (target instanceof Element && target.closest('a, button, [role="menu"]') === null) open();
      }}
    >
      <Table.Td className={styles['entry']} miw={160}>
        <AnchorLink
          to="/access/$integration/$kind/$key"
          params={{ integration: place.integration, kind: node.kind, key: node.key }}
          search={search.at === undefined ? {} : { at: search.at }}
          size="sm"
          display="block"
          td={node.present ? undefined : 'line-through'}
        >
          {node.label}
        </AnchorLink>
        {node.detail !== null && node.detail !== node.label && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {node.detail}
          </Text>
        )}
        <NodeStatus node={node} />
      </Table.Td>
      <Table.Td w="100%">
        {chains[0] === undefined ? (
          why
        ) : (
          <Chain chain={chains[0]} names={names} integration={place.integration} at={search.at} subject={place} end={why} />
        )}
      </Table.Td>
      <Table.Td className={styles['nowrap']}>
        <Text size="sm" component="time" dateTime={since} title={exactTime(Date.parse(since))}>
          {sinceWords(row, now)}
        </Text>
      </Table.Td>
      {children}
      <Table.Td>
        <RowActions entity={entity} part={part} row={row} />
      </Table.Td>
    </Table.Tr>
  );
}

function waysWords({ chainCount, more }: AccessRow): string {
  if (chainCount <= 1) return 'Why';
  return `Why: ${more ? 'more than ' : ''}${chainCount} ways`;
}

function RowActions({ entity: { place, search, change }, part, row: { node } }: Omit<RowProps, 'names' | 'children'>) {
  const isMembership = (part.direction === 'reach' ? node.kind : place.kind) === 'group';
  const isVia = part.direction === 'reached-by' && node.kind === 'group' && place.kind !== 'group';
  return (
    <RowMenu label={`Actions for ${node.label}`}>
      <Menu.Item leftSection={<IconQuestionMark size={15} aria-hidden />} onClick={() => change({ why: nodeId(node) })}>
        Why: every way
      </Menu.Item>
      {isMembership && search.at === undefined && place.kind !== 'client' && (
        <Menu.Item leftSection={<IconUserMinus size={15} aria-hidden />} onClick={() => change({ loss: nodeId(node) })}>
          What would be lost
        </Menu.Item>
      )}
      {isVia && (
        <Menu.Item
          leftSection={<IconFilter size={15} aria-hidden />}
          onClick={() => change({ show: undefined, via: node.key, q: undefined })}
        >
          People through this group
        </Menu.Item>
      )}
    </RowMenu>
  );
}
