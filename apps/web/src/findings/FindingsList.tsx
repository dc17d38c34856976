import type { FindingView } from '@castellan/api';
import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { useMay } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import { SmallTable } from '../states/SmallTable.js';
import { FindingActions } from './FindingActions.js';
import { FindingRow, type RowLook } from './FindingRow.js';
import { findingsQuery } from './findings-queries.js';
import type { FindingsSearch } from './findings-search.js';
import { MatchingActions } from './MatchingActions.js';
import { RespondToFindings } from './RespondToFindings.js';
import { useMatching } from './use-matching.js';
import { WholeChoice } from './WholeChoice.js';
import { Loading } from '../states/Loading.js';

interface FindingsListProps extends Omit<RowLook, 'several'> {
  readonly search: FindingsSearch;
  /** In place of the list, where there is none. */
  readonly empty: ReactNode;
}

/** Findings by pages; who may can select several and do something with them. */
export function FindingsList({ search, empty, ...look }: FindingsListProps) {
  const list = useInfiniteQuery(findingsQuery(search));
  const { data: integrations } = useQuery(integrationsQuery);
  const { data, error, refetch, isFetchNextPageError } = list;
  const failed = error !== null && !isFetchNextPageError && <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return failed || <Loading height={240} />;
  const items = data.pages.flatMap((page) => page.items);
  const several = search.integration === undefined && integrations?.length !== 1;
  return (
    <Stack gap="sm">
      {failed}
      {items.length === 0 ? (
        empty
      ) : (
        <Selecting
          key={JSON.stringify(search)}
          items={items}
          look={{ ...look, several }}
          search={search}
          hasMore={list.hasNextPage}
        />
      )}
      <LoadMore list={list} label="Show more" />
    </Stack>
  );
}

function headsOf({ isOfOneCheck = false, isOfOneSubject = false }: RowLook): readonly string[] {
  const first = isOfOneSubject ? ['Finding'] : ['Who or what', isOfOneCheck ? 'What was seen' : 'Finding'];
  return [...first, 'Severity', 'Since', 'Owner', 'Status'];
}

interface SelectingProps {
  readonly items: readonly FindingView[];
  readonly look: RowLook;
  readonly search: FindingsSearch;
  /** There are others that are not shown yet. */
  readonly hasMore: boolean;
}

function Selecting({ items, look, search, hasMore }: SelectingProps) {
  const mayManage = useMay('findings:manage');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isWhole, setWhole] = useState(false);
  // What has left the list is not changed with it.
  const selected = items.filter(({ id }) => chosen.has(id));
  const areAllSelected = selected.length === items.length;
  const matching = useMatching(search, mayManage && hasMore && areAllSelected);
  const choose = (ids: ReadonlySet<string>): void => {
    setChosen(ids);
    setWhole(false);
  };
  const clear = (): void => choose(new Set());
  const select = (id: string, isSelected: boolean): void =>
    choose(new Set([...chosen, id].filter((one) => isSelected || one !== id)));
  return (
    <>
      {mayManage && (
        <Group gap="sm">
          <Checkbox
            size="xs"
            label={selected.length === 0 ? 'Select all shown' : `${selected.length.toLocaleString('en')} selected`}
            checked={areAllSelected}
            indeterminate={selected.length > 0 && !areAllSelected}
            onChange={({ currentTarget }) => choose(new Set(currentTarget.checked ? items.map(({ id }) => id) : []))}
          />
          {matching !== undefined && (
            <WholeChoice matching={matching} isWhole={isWhole} shown={items.length} onChoose={setWhole} />
          )}
          {matching !== undefined && isWhole ? (
            <MatchingActions matching={matching} onDone={clear} />
          ) : (
            selected.length > 0 && (
              <>
                <FindingActions findings={selected} onDone={clear} />
                {selected.length > 1 && <RespondToFindings findings={selected} />}
              </>
            )
          )}
        </Group>
      )}
      <SmallTable label="Findings" heads={headsOf(look)} minWidth={820} hasActions={false} narrow="lines">
        {items.map((finding) => (
          <FindingRow
            key={finding.id}
            finding={finding}
            look={look}
            onSelect={mayManage ? (isSelected) => select(finding.id, isSelected) : undefined}
            isSelected={chosen.has(finding.id)}
          />
        ))}
      </SmallTable>
      {!mayManage && (
        <Text size="xs" c="dimmed">
          Your role sees findings; an analyst or an administrator works through them.
        </Text>
      )}
    </>
  );
}
