import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { relatedQuery } from '../records/record-queries.js';
import { ReferenceLabel } from '../records/ReferenceLabel.js';
import { useIsRead } from '../records/use-is-read.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { SmallTable } from '../states/SmallTable.js';
import type { AccessPlace } from './access-queries.js';
import { Loading } from '../states/Loading.js';

/** Rules by which members come into a group. */
export function FillingRules({ place }: { readonly place: AccessPlace }) {
  const list = useInfiniteQuery(relatedQuery({ ...place, kind: 'group' }, 'rules', false));
  const isRead = useIsRead();
  const { data, error, refetch } = list;
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={120} />;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return (
      <Text size="sm">
        {isRead('group_rule')
          ? 'No rule fills this group: its members were put there one by one, or by another system.'
          : 'Not known: no integration reads rules.'}
      </Text>
    );
  return (
    <>
      <SmallTable
        label="Rules that fill it"
        heads={['Rule', 'Says', 'Here since']}
        minWidth={480}
        hasActions={false}
        narrow="cards"
      >
        {items.map(({ key, label, detail, since }) => (
          <Table.Tr key={key}>
            <Table.Td>
              <AnchorLink to="/records/$kind" params={{ kind: 'group_rule' }} search={{ key, of: place.integration }} size="sm">
                {label === key ? <ReferenceLabel integration={place.integration} kind="group_rule" id={key} /> : label}
              </AnchorLink>
            </Table.Td>
            <Table.Td>{detail}</Table.Td>
            <Table.Td>
              <Ago at={since} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      <LoadMore list={list} label="Show more" />
    </>
  );
}
