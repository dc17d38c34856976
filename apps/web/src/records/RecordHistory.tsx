import type { RecordHistoryEntry } from '@castellan/api';
import { Anchor, Text, Timeline } from '@mantine/core';
import { IconArrowBackUp, IconEye, IconMinus, IconPencil, IconPlus, IconTrash, type TablerIcon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Ago } from '../states/Ago.js';
import { Failed } from '../states/Failed.js';
import { isKind } from './kinds.js';
import { historyQuery, type RecordPlace, relationsQuery } from './record-queries.js';
import { Loading } from '../states/Loading.js';

interface RecordHistoryProps {
  readonly place: RecordPlace;
  readonly onOpen: (place: RecordPlace) => void;
}

const LOOKS: Readonly<Record<RecordHistoryEntry['what'], { readonly icon: TablerIcon; readonly words: string }>> = {
  first_seen: { icon: IconEye, words: 'Seen for the first time' },
  returned: { icon: IconArrowBackUp, words: 'Came back' },
  changed: { icon: IconPencil, words: 'Changed' },
  removed: { icon: IconTrash, words: 'Removed' },
  found: { icon: IconEye, words: 'Held before the first look:' },
  gained: { icon: IconPlus, words: 'Gained' },
  lost: { icon: IconMinus, words: 'Lost' },
};

/** What was seen to change, the newest first. */
export function RecordHistory({ place, onOpen }: RecordHistoryProps) {
  const { data, error, refetch } = useQuery(historyQuery(place));
  const { data: relations = [] } = useQuery(relationsQuery(place));
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={240} />;
  return (
    <>
      <Timeline bulletSize={22} lineWidth={1} mt="xs">
        {data.items.map((entry, index) => {
          const { icon: Icon } = LOOKS[entry.what];
          const title = relations.find(({ name }) => name === entry.relation)?.title ?? entry.relation;
          return (
            // The list is never changed while it is shown.
            <Timeline.Item key={index} bullet={<Icon size={13} aria-hidden />}>
              <Text size="sm">
                <Entry entry={entry} place={place} onOpen={onOpen} />
              </Text>
              <Text size="xs" c="dimmed">
                {title !== null && `${title} · `}
                <Ago at={entry.at} />
              </Text>
            </Timeline.Item>
          );
        })}
      </Timeline>
      {data.more && (
        <Text size="sm" c="dimmed" mt="sm">
          What is older is not shown.
        </Text>
      )}
    </>
  );
}

interface EntryProps extends RecordHistoryProps {
  readonly entry: RecordHistoryEntry;
}

function Entry({ entry: { what, relation, kind, key, label }, place, onOpen }: EntryProps) {
  const { words } = LOOKS[what];
  if (relation === null) return words;
  return (
    <>
      {words}{' '}
      {isKind(kind) ? (
        <Anchor component="button" type="button" size="sm" onClick={() => onOpen({ ...place, kind, key })}>
          {label}
        </Anchor>
      ) : (
        label
      )}
    </>
  );
}
