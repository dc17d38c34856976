import type { HoldView } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { streamTitle } from '../integrations/stream-words.js';
import { counted } from '../records/kinds.js';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Panel } from '../states/Panel.js';
import { DecideDialog, type Decision } from './DecideDialog.js';
import { HeldRecords } from './HeldRecords.js';

/** One removal that waits: how much it is, what it would take, and the two ways out. */
export function OpenHold({ hold, of }: { readonly hold: HoldView; readonly of: string }) {
  const mayManage = useMay('integrations:manage');
  const mayRead = useMay('records:read');
  const [isOpen, { toggle }] = useDisclosure(false);
  const [decision, setDecision] = useState<Decision | undefined>(undefined);
  const records = useId();
  const { kind, stream, wouldRemove, present, createdAt } = hold;
  return (
    <Panel
      title={`${streamTitle(stream)}: ${counted(kind, wouldRemove)} would be removed`}
      aside={
        <Text size="sm" c="dimmed">
          held <Ago at={createdAt} />
        </Text>
      }
    >
      <Text size="sm">
        {percent(wouldRemove, present)} of the {counted(kind, present)} that are there were not in the last listing.
      </Text>
      <Group gap="xs">
        {mayRead && (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={isOpen}
            aria-controls={records}
            leftSection={isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
            onClick={toggle}
          >
            {isOpen ? 'Hide them' : 'Look at them'}
          </Button>
        )}
        {mayManage && (
          <>
            <Button size="compact-sm" variant="light" onClick={() => setDecision('reject')}>
              Keep them
            </Button>
            <Button size="compact-sm" color="red.8" onClick={() => setDecision('accept')}>
              Remove them
            </Button>
          </>
        )}
      </Group>
      <div id={records} hidden={!isOpen}>
        {isOpen && <HeldRecords hold={hold} />}
      </div>
      <DecideDialog hold={hold} of={of} decision={decision} onClose={() => setDecision(undefined)} />
    </Panel>
  );
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'None' : `${Math.max(1, Math.round((part / whole) * 100))} %`;
}
