import type { RecordRow } from '@castellan/api';
import { Group, Stack, Text, Timeline } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ActivityClientText, partyText } from '../records/ActivityText.js';
import { Word } from '../records/FieldValue.js';
import { nameOf } from '../records/kinds.js';
import { activityQuery } from '../records/record-queries.js';
import { useIsRead } from '../records/use-is-read.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { LoadMore } from '../states/LoadMore.js';
import type { AccessPlace } from './access-queries.js';
import { Loading } from '../states/Loading.js';

/** What an account has done, the newest first. */
export function AccountActivity({ place: { integration, key } }: { readonly place: AccessPlace }) {
  const list = useInfiniteQuery(activityQuery(String(new URLSearchParams({ actor: key, integration }))));
  const isRead = useIsRead();
  const { data, error, refetch } = list;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={320} />;
  if (items.length === 0)
    return (
      <Empty icon={IconActivity} title={isRead('activity') ? 'No activity' : 'Not read'}>
        {isRead('activity')
          ? 'The log has no event of them, as far back as it goes.'
          : 'No integration reads a log: what they do is not known.'}
      </Empty>
    );
  return (
    <Stack gap="sm">
      <Timeline bulletSize={14} lineWidth={1} aria-label="Activity, newest first">
        {items.map((item) => (
          <Timeline.Item key={item.key}>
            <Event row={item} />
          </Timeline.Item>
        ))}
      </Timeline>
      <LoadMore list={list} label="Show older events" />
      <AnchorLink to="/records/$kind" params={{ kind: 'activity' }} search={{ actor: key, integration }} size="sm">
        The same in the table of activity
      </AnchorLink>
    </Stack>
  );
}

function Event({ row }: { readonly row: RecordRow }) {
  if (row.kind !== 'activity') return null;
  const { published, outcome, targets, client } = row.data;
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={500}>
          {nameOf(row)}
        </Text>
        {outcome !== null && (
          <Text size="xs" component="span">
            <Word value={outcome} />
          </Text>
        )}
      </Group>
      <Text size="xs" c="dimmed" component="div">
        <Ago at={published} />
        {targets.length > 0 && ` · ${targets.map(partyText).join(', ')}`}
        {client !== null && (
          <>
            {' · '}
            <ActivityClientText client={client} />
          </>
        )}
      </Text>
    </>
  );
}
