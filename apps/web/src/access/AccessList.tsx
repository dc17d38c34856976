import type { AccessNodeKind, AccessPage } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Empty } from '../states/Empty.js';
import { LoadMore } from '../states/LoadMore.js';
import { dateWords } from '../states/time-words.js';
import { AccessRows } from './AccessRows.js';
import { AccessToolbar } from './AccessToolbar.js';
import { listQuery, totalQuery } from './access-queries.js';
import type { ListPart } from './entity-parts.js';
import { LossDialog } from './LossDialog.js';
import { isUsed, listPartsOf } from './list-parts.js';
import { namesOf } from './link-words.js';
import { countedNodes, NODE_LOOKS } from './node-looks.js';
import { PastFailed } from './PastFailed.js';
import type { Entity } from './use-entity.js';
import { listCoverageSentence } from './usage-words.js';
import { WhyDialog } from './WhyDialog.js';
import { Loading } from '../states/Loading.js';

interface AccessListProps {
  readonly entity: Entity;
  readonly part: ListPart;
  readonly title: string;
}

/** Those on the other side of the page's question, with how, since when and whether it is used. */
export function AccessList({ entity, part, title }: AccessListProps) {
  const { place, search } = entity;
  const other = part.others.find((kind) => kind === search.show) ?? part.others[0];
  const kind: AccessNodeKind = other ?? 'account';
  const parts = listPartsOf(search, place.kind, part.direction, kind);
  const list = useInfiniteQuery(listQuery(place, part.direction, kind, parts));
  const { data, error, refetch, isPlaceholderData } = list;
  const isCounted = part.direction === 'reached-by' && kind === 'account';
  const { data: total } = useQuery({ ...totalQuery(place, parts), enabled: isCounted });
  const rows = data?.pages.flatMap(({ items }) => items);
  const first = data?.pages[0];
  const hasUse = isUsed(place.kind, kind);
  return (
    <Stack gap="xs">
      <AccessToolbar entity={entity} part={part} kind={kind} />
      <Text size="sm" c="dimmed" role="status">
        {countWords(kind, isCounted ? total : undefined, rows?.length, list.hasNextPage)}
        {hasUse && first !== undefined && ` ${listCoverageSentence(first.coverage)}`}
      </Text>
      {error !== null && (
        <PastFailed
          error={error}
          retry={() => void refetch()}
          {...(search.at !== undefined && { onNow: () => entity.change({ at: undefined }) })}
        />
      )}
      {rows === undefined && error === null && <Loading height={320} />}
      {rows?.length === 0 && <NoRows kind={kind} at={search.at} isNarrowed={isNarrowed(entity)} />}
      {data !== undefined && rows !== undefined && rows.length > 0 && (
        <AccessRows
          entity={entity}
          part={part}
          title={title}
          rows={rows}
          names={namesOfPages(data)}
          coverage={hasUse ? (first?.coverage ?? null) : undefined}
          isWaiting={isPlaceholderData}
        />
      )}
      <LoadMore list={list} label="Show more" />
      <WhyDialog entity={entity} direction={part.direction} />
      <LossDialog entity={entity} direction={part.direction} />
    </Stack>
  );
}

function isNarrowed({ search: { q, status, unused, via } }: Entity): boolean {
  return [q, status, unused, via].some((part) => part !== undefined);
}

function namesOfPages({ pages }: InfiniteData<AccessPage>) {
  return namesOf(...pages.map(({ subject, items, nodes }) => [subject, ...items.map(({ node }) => node), ...nodes]));
}

/** @param total `undefined`: not counted, or not yet */
function countWords(kind: AccessNodeKind, total: number | undefined, shown: number | undefined, isMore: boolean): string {
  if (total !== undefined) return `${countedNodes(kind, total)}.`;
  if (shown === undefined) return '';
  return isMore ? `The first ${countedNodes(kind, shown)}.` : `${countedNodes(kind, shown)}.`;
}

function NoRows({ kind, at, isNarrowed: narrowed }: { kind: AccessNodeKind; at: string | undefined; isNarrowed: boolean }) {
  const { many, icon } = NODE_LOOKS[kind];
  const then = at === undefined ? 'now' : `on ${dateWords(Date.parse(at) - 1)}`;
  return (
    <Empty icon={narrowed ? IconSearchOff : icon} title={narrowed ? 'Nothing matches' : `No ${many.toLowerCase()}`}>
      {narrowed
        ? `None of the ${many.toLowerCase()} has all that was asked for.`
        : `As far as is known there are none ${then}.`}
    </Empty>
  );
}
