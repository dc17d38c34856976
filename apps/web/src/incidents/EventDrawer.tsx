import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { RecordPanel } from '../records/RecordPanel.js';
import { type RecordPlace, recordQuery } from '../records/record-queries.js';

interface EventDrawerProps {
  readonly integration: string;
  /** Key of the event; `undefined`: none is open. */
  readonly event: string | undefined;
  readonly tab: string | undefined;
  readonly onTab: (tab: string) => void;
  readonly onClose: () => void;
  /** Another record that it speaks of. */
  readonly onOpen: (place: RecordPlace) => void;
}

/** One event beside the timeline: first of all as the provider has sent it. */
export function EventDrawer({ integration, event, onClose, ...panel }: EventDrawerProps) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Drawer.Root
      lockScroll={false}
      opened={event !== undefined}
      onClose={onClose}
      position="right"
      size={isNarrow ? '100%' : 600}
    >
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content bg="var(--castellan-surface)">
        {event !== undefined && <Event key={event} place={{ integration, kind: 'activity', key: event }} {...panel} />}
      </Drawer.Content>
    </Drawer.Root>
  );
}

interface EventProps extends Pick<EventDrawerProps, 'tab' | 'onTab' | 'onOpen'> {
  readonly place: RecordPlace;
}

function Event({ place, tab, onTab, onOpen }: EventProps) {
  const { data } = useQuery(recordQuery(place));
  // Some connectors keep nothing of what the provider has sent.
  const first = data?.raw === null ? 'profile' : 'source';
  return <RecordPanel place={place} tab={tab ?? first} onTab={onTab} onOpen={onOpen} onBack={undefined} />;
}
