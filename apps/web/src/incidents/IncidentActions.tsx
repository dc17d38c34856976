import type { IncidentChangeInput, IncidentView } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import {
  IconCircleCheck,
  IconEye,
  IconEyeOff,
  IconRotate,
  IconUserCheck,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useSession } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { AssignDialog } from './AssignDialog.js';
import { CloseDialog } from './CloseDialog.js';
import { MOST_AT_ONCE, useIncidentsChange } from './incident-queries.js';
import { countedIncidents } from './incident-words.js';

interface IncidentActionsProps {
  /** What is to be changed. */
  readonly incidents: readonly IncidentView[];
  readonly onDone?: () => void;
  /** What can be done besides. */
  readonly children?: ReactNode;
}

const idsOf = (incidents: readonly IncidentView[]): readonly string[] => incidents.map(({ id }) => id);

/** What can be done with incidents. Only what would change any of them can be pressed. */
export function IncidentActions({ incidents, onDone = () => undefined, children }: IncidentActionsProps) {
  const { user } = useSession();
  const [dialog, setDialog] = useState<'assign' | 'close'>();
  const change = useIncidentsChange(onDone);
  const areTooMany = incidents.length > MOST_AT_ONCE;
  const button = (label: string, icon: TablerIcon, own: readonly IncidentView[], act: IncidentChangeInput | (() => void)) => (
    <Act
      label={label}
      icon={icon}
      isOff={own.length === 0 || areTooMany || change.isPending}
      onPress={() => (typeof act === 'function' ? act() : change.mutate({ change: act, ids: idsOf(own) }))}
    />
  );
  const open = incidents.filter(({ status }) => status === 'open');
  const acknowledged = incidents.filter(({ status }) => status === 'acknowledged');
  const closed = incidents.filter(({ status }) => status === 'closed');
  const unclosed = incidents.filter(({ status }) => status !== 'closed');
  const others = incidents.filter(({ owner }) => owner?.id !== user?.id);
  return (
    <>
      <Group gap={6} role="group" aria-label="Actions">
        {button('Acknowledge', IconEye, open, { do: 'acknowledge' })}
        {button('Close …', IconCircleCheck, unclosed, () => setDialog('close'))}
        {user !== null && button('Assign to me', IconUserCheck, others, { do: 'assign', owner: user.id })}
        {button('Assign …', IconUsers, incidents, () => setDialog('assign'))}
        {acknowledged.length > 0 && button('Take back acknowledgement', IconEyeOff, acknowledged, { do: 'unacknowledge' })}
        {closed.length > 0 && button('Open again', IconRotate, closed, { do: 'reopen' })}
        {children}
        {change.isPending && (
          <Text size="sm" c="dimmed" role="status">
            Working …
          </Text>
        )}
      </Group>
      {areTooMany && (
        <Text size="sm" role="alert">
          {countedIncidents(incidents.length)} are too many for one change: select {MOST_AT_ONCE} at most.
        </Text>
      )}
      {change.error !== null && <Failed error={change.error} />}
      <AssignDialog opened={dialog === 'assign'} onClose={() => setDialog(undefined)} ids={idsOf(incidents)} onDone={onDone} />
      <CloseDialog opened={dialog === 'close'} onClose={() => setDialog(undefined)} ids={idsOf(unclosed)} onDone={onDone} />
    </>
  );
}

interface ActProps {
  readonly label: string;
  readonly icon: TablerIcon;
  readonly isOff: boolean;
  readonly onPress: () => void;
}

function Act({ label, icon: Icon, isOff, onPress }: ActProps) {
  return (
    <Button size="compact-sm" variant="default" leftSection={<Icon size={14} aria-hidden />} disabled={isOff} onClick={onPress}>
      {label}
    </Button>
  );
}
