import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { type RecordKind } from './fields.js';
import { isKind } from './kinds.js';
import { RecordPanel } from './RecordPanel.js';
import type { RecordPlace } from './record-queries.js';
import type { Records } from './use-records.js';

/** Seen first of any record. */
const PROFILE = 'profile';

interface RecordDrawerProps {
  readonly kind: RecordKind;
  readonly records: Records;
}

/** One record in full, beside the table that it was opened from. */
export function RecordDrawer({ kind, records: { search, change, open, close } }: RecordDrawerProps) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const depth = useLocation({ select: ({ state }) => state.recordDepth ?? 0 });
  const { key, of, what = kind } = search;
  const place: RecordPlace | null =
    key === undefined || of === undefined || !isKind(what) ? null : { integration: of, kind: what, key };
  return (
    <Drawer.Root lockScroll={false} opened={place !== null} onClose={close} position="right" size={isNarrow ? '100%' : 600}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content bg="var(--castellan-surface)">
        {place !== null && (
          <RecordPanel
            key={JSON.stringify(place)}
            place={place}
            tab={search.tab ?? PROFILE}
            // No step of its own to go back to, but Back from another record leads to it.
            onTab={(tab) => change({ tab: tab === PROFILE ? undefined : tab }, true)}
            onOpen={(next) => open(next, depth + 1)}
            onBack={depth > 0 ? () => window.history.back() : undefined}
          />
        )}
      </Drawer.Content>
    </Drawer.Root>
  );
}
