import { Badge, Drawer, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { RecordResponse } from '../actions/RecordResponse.js';
import { useMay } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { RecordHead } from './RecordHead.js';
import { RecordHistory } from './RecordHistory.js';
import { RecordProfile } from './RecordProfile.js';
import { type RecordPlace, recordQuery, relationsQuery } from './record-queries.js';
import { Relations } from './Relations.js';
import { SourceObject } from './SourceObject.js';
import { Loading } from '../states/Loading.js';

interface RecordPanelProps {
  readonly place: RecordPlace;
  /** A name that is none shows none of them. */
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onOpen: (place: RecordPlace) => void;
  readonly onBack: (() => void) | undefined;
}

/** All that is known of one record. */
export function RecordPanel({ place, tab, onTab, onOpen, onBack }: RecordPanelProps) {
  const { data: record, error, refetch } = useQuery(recordQuery(place));
  const mayRespond = useMay('actions:read');
  const relations = useQuery(relationsQuery(place));
  const count = relations.data?.reduce((sum, one) => sum + (one.count ?? 0), 0) ?? 0;
  return (
    <>
      <RecordHead place={place} record={record} onBack={onBack} />
      <Drawer.Body>
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {record === undefined && error === null && <Loading height={360} />}
        {record !== undefined && (
          <Tabs value={tab} onChange={(next) => next !== null && onTab(next)} keepMounted={false}>
            <Tabs.List mb="sm">
              <Tabs.Tab px="sm" value="profile">
                Profile
              </Tabs.Tab>
              <Tabs.Tab px="sm" value="relations" rightSection={<Count count={count} />}>
                Relations
              </Tabs.Tab>
              <Tabs.Tab px="sm" value="history">
                History
              </Tabs.Tab>
              {mayRespond && record.removedAt === null && record.kind !== 'activity' && (
                <Tabs.Tab px="sm" value="respond">
                  Respond
                </Tabs.Tab>
              )}
              {record.raw !== null && (
                <Tabs.Tab px="sm" value="source">
                  Source
                </Tabs.Tab>
              )}
            </Tabs.List>
            <Tabs.Panel value="profile">
              <RecordProfile place={place} record={record} onOpen={onOpen} />
            </Tabs.Panel>
            <Tabs.Panel value="relations">
              <Relations place={place} query={relations} onOpen={onOpen} />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <RecordHistory place={place} onOpen={onOpen} />
            </Tabs.Panel>
            <Tabs.Panel value="respond">
              <RecordResponse place={place} />
            </Tabs.Panel>
            <Tabs.Panel value="source">{record.raw !== null && <SourceObject raw={record.raw} />}</Tabs.Panel>
          </Tabs>
        )}
      </Drawer.Body>
    </>
  );
}

function Count({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Badge size="sm" variant="light" color="gray" c="var(--mantine-color-text)">
      {count.toLocaleString('en')}
    </Badge>
  );
}
