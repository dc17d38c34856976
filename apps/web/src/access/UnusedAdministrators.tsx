import { Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMay } from '../session/session.js';
import { AnchorLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { useNow } from '../states/now.js';
import { SmallTable } from '../states/SmallTable.js';
import { unusedRolesQuery } from './access-queries.js';
import { LastUsed } from './LastUsed.js';
import { NodeChip } from './NodeChip.js';
import { nodeId } from './node-looks.js';
import { NodeStatus } from './NodeStatus.js';
import { listCoverageSentence, shortLogWords } from './usage-words.js';
import { Loading } from '../states/Loading.js';

interface UnusedAdministratorsProps {
  readonly integration: string;
  readonly days: number;
}

/** Administrators who have not used their rights, with the roles that they hold. */
export function UnusedAdministrators({ integration, days }: UnusedAdministratorsProps) {
  const list = useInfiniteQuery(unusedRolesQuery(integration, days));
  const { data, error, refetch } = list;
  const mayRespond = useMay('actions:read');
  const now = useNow();
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (first === undefined) return <Loading height={320} />;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {listCoverageSentence(first.coverage)}
        {shortLogWords(first.coverage, days, now)} An event says that rights were used, and not by which of several roles.
      </Text>
      {items.length === 0 ? (
        <Empty icon={IconShieldCheck} title="No unused rights">
          {first.coverage === null
            ? 'Where use is not known nothing can be said.'
            : 'Every administrator was seen to use the rights in this time, or there is none.'}
        </Empty>
      ) : (
        <SmallTable
          label="Administrators who do not use their rights"
          heads={['Person', 'Roles', 'Rights last used', ...(mayRespond ? ['-What can be done'] : [])]}
          minWidth={560}
          hasActions={false}
          narrow="cards"
        >
          {items.map(({ account, roles, usage }) => (
            <Table.Tr key={nodeId(account)}>
              <Table.Td>
                <AnchorLink
                  to="/access/$integration/$kind/$key"
                  params={{ integration, kind: account.kind, key: account.key }}
                  search={{ show: 'role' }}
                  size="sm"
                  display="block"
                >
                  {account.label}
                </AnchorLink>
                <NodeStatus node={account} />
              </Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {roles.map((role) => (
                    <NodeChip key={nodeId(role)} integration={integration} node={role} at={undefined} />
                  ))}
                </Group>
              </Table.Td>
              <Table.Td>
                <LastUsed usage={usage} coverage={first.coverage} />
              </Table.Td>
              {mayRespond && (
                <Table.Td>
                  <AnchorLink
                    to="/access/$integration/$kind/$key"
                    params={{ integration, kind: account.kind, key: account.key }}
                    search={{ tab: 'respond' }}
                    size="sm"
                  >
                    Respond<VisuallyHidden>: {account.label}</VisuallyHidden>
                  </AnchorLink>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </SmallTable>
      )}
      <LoadMore list={list} label="Show more" />
    </Stack>
  );
}
