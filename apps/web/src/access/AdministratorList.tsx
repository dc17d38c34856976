import type { AccessPrincipalKind, Administrator, HeldRole } from '@castellan/api';
import { Group, Stack, Table, Text } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { AnchorLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { SmallTable } from '../states/SmallTable.js';
import { administratorsQuery } from './access-queries.js';
import { LastUsed } from './LastUsed.js';
import { NodeChip } from './NodeChip.js';
import { countedNodes, NODE_LOOKS, nodeId } from './node-looks.js';
import { NodeStatus } from './NodeStatus.js';
import { listCoverageSentence, notUsedWords } from './usage-words.js';
import { Loading } from '../states/Loading.js';
import styles from './access.module.css';

/** Of each kind: what its first column says, and what is told of its use; a group uses nothing. */
const HEADS: Readonly<Record<AccessPrincipalKind, readonly string[]>> = {
  account: ['Person', 'Roles, and through what', 'Rights last used'],
  group: ['Group', 'Roles, and through what'],
  client: ['Program', 'Roles', 'API last called'],
};

/** Accounts, groups or programs that hold a role, over all integrations. */
export function AdministratorList({ kind }: { readonly kind: AccessPrincipalKind }) {
  const list = useInfiniteQuery(administratorsQuery(kind));
  const integrations = useQuery(integrationsQuery);
  const { data, error, refetch, isFetchNextPageError } = list;
  // Of a page that was asked for below the others the failure stands there.
  const failed = error !== null && !isFetchNextPageError && <Failed error={error} retry={() => void refetch()} />;
  const total = data?.pages[0]?.total;
  if (data === undefined || total === undefined || integrations.isPending) return failed || <Loading height={320} />;
  const items = data.pages.flatMap((page) => page.items);
  // Of the workspace, whichever rows have come so far. Not known: then rows say more than they need to.
  const several = integrations.data?.length !== 1;
  // Of several logs each goes back as far as it does: their rows say it themselves.
  const coverage = several ? undefined : items[0]?.coverage;
  return (
    <Stack gap="xs">
      {failed}
      <Text size="sm" c="dimmed" role="status">
        {countedNodes(kind, total)} with a role.
        {coverage !== undefined && kind !== 'group' && ` ${listCoverageSentence(coverage)}`}
        {kind === 'account' && ' An event says that rights were used, and not by which of several roles.'}
      </Text>
      {items.length === 0 ? (
        <Empty icon={IconShieldLock} title="Nobody holds a role">
          {`None of the ${NODE_LOOKS[kind].many.toLowerCase()} holds a role, or roles are not read.`}
        </Empty>
      ) : (
        <SmallTable
          label={`${NODE_LOOKS[kind].many} with a role`}
          heads={HEADS[kind]}
          minWidth={600}
          hasActions={false}
          narrow="cards"
        >
          {items.map((item) => (
            <Row key={`${item.integration.id} ${nodeId(item.principal)}`} item={item} several={several} />
          ))}
        </SmallTable>
      )}
      <LoadMore list={list} label="Show more" />
    </Stack>
  );
}

function Row({ item, several }: { readonly item: Administrator; readonly several: boolean }) {
  const { integration, principal, roles, usage, coverage } = item;
  return (
    <Table.Tr>
      <Table.Td className={styles['entry']}>
        <AnchorLink
          to="/access/$integration/$kind/$key"
          params={{ integration: integration.id, kind: principal.kind, key: principal.key }}
          search={
            principal.kind === 'client' ? {} : principal.kind === 'group' ? { tab: 'gives', show: 'role' } : { show: 'role' }
          }
          size="sm"
          display="block"
        >
          {principal.label}
        </AnchorLink>
        <Text size="xs" c="dimmed">
          {[principal.detail === principal.label ? null : principal.detail, several ? integration.name : null]
            .filter((part) => part !== null)
            .join(' · ')}
        </Text>
        <NodeStatus node={principal} />
      </Table.Td>
      <Table.Td>
        <Stack gap={4}>
          {roles.map((held) => (
            <Held key={held.role.key} held={held} integration={integration.id} />
          ))}
        </Stack>
      </Table.Td>
      {principal.kind !== 'group' && (
        <Table.Td>
          <LastUsed usage={usage} coverage={coverage} />
          {several && usage === null && coverage !== null && (
            <Text size="xs" c="dimmed">
              {notUsedWords(coverage)}
            </Text>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function Held({ held: { role, direct, through }, integration }: { readonly held: HeldRole; readonly integration: string }) {
  return (
    <Group gap={4}>
      <NodeChip integration={integration} node={role} at={undefined} />
      {through.length > 0 && (
        <Text size="xs" c="dimmed" component="span">
          {direct ? 'itself, and through' : 'through'}
        </Text>
      )}
      {through.map((group) => (
        <NodeChip key={group.key} integration={integration} node={group} at={undefined} />
      ))}
    </Group>
  );
}
