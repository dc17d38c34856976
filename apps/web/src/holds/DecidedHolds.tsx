import type { HoldState, HoldView } from '@castellan/api';
import { Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { streamTitle } from '../integrations/stream-words.js';
import { counted } from '../records/kinds.js';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { Panel } from '../states/Panel.js';
import { Wide } from '../states/Wide.js';
import { holdsQuery } from './hold-queries.js';

const OUTCOMES: Readonly<Record<Exclude<HoldState, 'open'>, string>> = {
  accepted: 'Removed',
  rejected: 'Kept',
  superseded: 'Replaced by a newer listing',
};

/** What became of earlier ones, for as long as the host remembers. Nothing where there were none. */
export function DecidedHolds({ id }: { readonly id: string }) {
  const list = useInfiniteQuery(holdsQuery(id));
  const { data, error, refetch } = list;
  const decided = data?.pages.flatMap(({ items }) => items).filter(({ state }) => state !== 'open') ?? [];
  if (error !== null && data === undefined) return <Failed error={error} retry={() => void refetch()} />;
  if (decided.length === 0) return null;
  return (
    <Panel title="Decided">
      <Wide label="Decided removals">
        <Table verticalSpacing={6} miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Stream</Table.Th>
              <Table.Th>Would have removed</Table.Th>
              <Table.Th>Outcome</Table.Th>
              <Table.Th>By</Table.Th>
              <Table.Th>When</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {decided.map((hold) => (
              <Decided key={hold.id} hold={hold} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <LoadMore list={list} label="Show earlier ones" />
    </Panel>
  );
}

function Decided({ hold: { stream, kind, wouldRemove, present, state, decidedBy, decidedAt } }: { readonly hold: HoldView }) {
  return (
    <Table.Tr>
      <Table.Td>{streamTitle(stream)}</Table.Td>
      <Table.Td>
        {counted(kind, wouldRemove)} of {present.toLocaleString('en')}
      </Table.Td>
      <Table.Td>{state === 'open' ? '' : OUTCOMES[state]}</Table.Td>
      <Table.Td>{decidedBy ?? '–'}</Table.Td>
      <Table.Td>{decidedAt === null ? '–' : <Ago at={decidedAt} />}</Table.Td>
    </Table.Tr>
  );
}
