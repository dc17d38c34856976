import type { AccessChange, AccessNodeKind } from '@castellan/api';
import { Group, SegmentedControl, Stack } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { Empty } from '../states/Empty.js';
import { LoadMore } from '../states/LoadMore.js';
import { dateWords } from '../states/time-words.js';
import { AccessExport } from './AccessExport.js';
import { type AccessPlace, changesQuery } from './access-queries.js';
import { Chain } from './Chain.js';
import { GainedOrLost } from './GainedOrLost.js';
import { type Names, namesOf } from './link-words.js';
import { NodeChip } from './NodeChip.js';
import { NODE_LOOKS, nodeId } from './node-looks.js';
import { PastFailed } from './PastFailed.js';
import { SpanFields } from './SpanFields.js';
import { useSince } from './use-since.js';
import type { Entity } from './use-entity.js';
import { Loading } from '../states/Loading.js';
import styles from './access.module.css';

interface AccessChangesPartProps {
  readonly entity: Entity;
  /** Of what was gained or lost; the first until another is chosen. */
  readonly others: readonly AccessNodeKind[];
}

/** What, or who, was gained and lost between two instants; the last seven days until others are chosen. */
export function AccessChangesPart({ entity: { place, search, change }, others }: AccessChangesPartProps) {
  const kind = others.find((one) => one === search.show) ?? others[0] ?? 'account';
  const until = search.until ?? search.at;
  const { since, learn, isShort } = useSince(place.integration, search.since, until);
  const list = useInfiniteQuery(changesQuery(place, kind, since, until));
  const { data, error, refetch } = list;
  useLayoutEffect(() => learn(error), [learn, error]);
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <Stack gap="sm">
      <Group gap="xs" align="flex-end">
        {others.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="What is listed"
            data={others.map((one) => ({ value: one, label: NODE_LOOKS[one].many }))}
            value={kind}
            onChange={(show) => change({ show: others.find((one) => one === show) })}
          />
        )}
        <SpanFields since={since} until={until} isShort={isShort} onChange={(span) => change(span)} />
        <Group ml="auto">
          <AccessExport
            integration={place.integration}
            question="changes"
            parts={{ of: nodeId(place), other: kind, since, until }}
          >
            All that was gained and lost in this time.
          </AccessExport>
        </Group>
      </Group>
      {error !== null && (
        <PastFailed error={error} retry={() => void refetch()} onSince={(known) => change({ since: known })} />
      )}
      {data === undefined && error === null && <Loading height={200} />}
      {items?.length === 0 && (
        <Empty icon={IconEqual} title="No change">
          {NODE_LOOKS[kind].many}: none was gained or lost between {dateWords(Date.parse(since))} and{' '}
          {until === undefined ? 'now' : dateWords(Date.parse(until) - 1)}.
        </Empty>
      )}
      {data !== undefined && items !== undefined && items.length > 0 && (
        <ul className={styles['list']} aria-label="Gained and lost" aria-busy={list.isPlaceholderData}>
          {items.map((item) => (
            <Changed
              key={`${item.what} ${nodeId(item.node)}`}
              item={item}
              place={place}
              names={namesOf(...data.pages.map((page) => [page.subject, ...page.items.map(({ node }) => node), ...page.nodes]))}
            />
          ))}
        </ul>
      )}
      <LoadMore list={list} label="Show more" />
    </Stack>
  );
}

interface ChangedProps {
  readonly item: AccessChange;
  readonly place: AccessPlace;
  readonly names: Names;
}

function Changed({ item: { what, node, chains }, place, names }: ChangedProps) {
  return (
    <li>
      <Group gap="xs" align="center">
        <GainedOrLost what={what} />
        {chains[0] === undefined ? (
          <NodeChip integration={place.integration} node={node} at={undefined} />
        ) : (
          <Chain chain={chains[0]} names={names} integration={place.integration} at={undefined} subject={place} />
        )}
      </Group>
    </li>
  );
}
