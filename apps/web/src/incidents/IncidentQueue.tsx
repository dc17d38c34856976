import type { IncidentView, Verdict } from '@castellan/api';
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { useMay } from '../session/session.js';
import { CloseDialog } from './CloseDialog.js';
import { IncidentActions } from './IncidentActions.js';
import { IncidentTable, shownOrder } from './IncidentTable.js';
import { useIncidentsChange } from './incident-queries.js';
import { KeysDialog } from './KeysDialog.js';
import { type QueueAct, useQueueKeys } from './use-queue-keys.js';

interface IncidentQueueProps {
  readonly items: readonly IncidentView[];
  readonly isGrouped: boolean;
  /** Of one integration only. */
  readonly isOfOne: boolean;
  readonly isNew: (incident: IncidentView) => boolean;
}

type Closing = { readonly ids: readonly string[]; readonly verdict: Verdict };

/** Incidents to be worked through, by mouse or by keyboard, one by one or several at once. */
export function IncidentQueue({ items, isGrouped, isOfOne, isNew }: IncidentQueueProps) {
  const mayManage = useMay('findings:manage');
  const navigate = useNavigate();
  const { data: integrations } = useQuery(integrationsQuery);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [closing, setClosing] = useState<Closing>();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const change = useIncidentsChange();
  const shown = shownOrder(items, isGrouped);
  // What has left the queue is not changed with it.
  const selected = shown.filter(({ id }) => chosen.has(id));
  const select = (id: string, isSelected: boolean): void =>
    setChosen(new Set([...chosen, id].filter((one) => isSelected || one !== id)));
  const clear = (): void => setChosen(new Set());

  const act = (what: QueueAct, id: string | undefined): void => {
    if (what === 'help') setHelpOpen(true);
    if (what === 'open' && id !== undefined) void navigate({ to: '/incidents/$id', params: { id } });
    if (!mayManage) return;
    if (what === 'select' && id !== undefined) select(id, !chosen.has(id));
    const meant = selected.length > 0 ? selected : shown.filter((one) => one.id === id);
    if (what === 'acknowledge') {
      const ids = meant.filter(({ status }) => status === 'open').map((one) => one.id);
      if (ids.length > 0 && !change.isPending) change.mutate({ change: { do: 'acknowledge' }, ids }, { onSuccess: clear });
    }
    if (what === 'false_alarm' || what === 'attack') {
      const ids = meant.filter(({ status }) => status !== 'closed').map((one) => one.id);
      if (ids.length > 0) setClosing({ ids, verdict: what });
    }
  };
  const { current, choose, focus } = useQueueKeys({ ids: shown.map(({ id }) => id), onAct: act });
  useFocusAfter(closing !== undefined || change.isPending, () => focus(current));
  const areAllSelected = selected.length === shown.length;
  return (
    <>
      <Group gap="sm" mih={26}>
        {mayManage && (
          <Checkbox
            size="xs"
            label={selected.length === 0 ? 'Select all shown' : `${selected.length.toLocaleString('en')} selected`}
            checked={areAllSelected}
            indeterminate={selected.length > 0 && !areAllSelected}
            onChange={({ currentTarget }) => setChosen(new Set(currentTarget.checked ? shown.map(({ id }) => id) : []))}
          />
        )}
        {selected.length > 0 && <IncidentActions incidents={selected} onDone={clear} />}
        <Button
          ml="auto"
          size="compact-xs"
          variant="subtle"
          color="gray"
          c="dimmed"
          visibleFrom="xs"
          leftSection={<IconKeyboard size={15} aria-hidden />}
          onClick={() => setHelpOpen(true)}
        >
          Keys
        </Button>
      </Group>
      <IncidentTable
        items={items}
        isGrouped={isGrouped}
        several={!isOfOne && integrations?.length !== 1}
        rowOf={(incident) => ({
          isNew: isNew(incident),
          isCurrent: incident.id === current,
          isSelected: chosen.has(incident.id),
          onSelect: mayManage ? (isSelected) => select(incident.id, isSelected) : undefined,
          onFocus: () => choose(incident.id),
        })}
      />
      {!mayManage && (
        <Text size="xs" c="dimmed">
          Your role sees incidents; an analyst or an administrator works through them.
        </Text>
      )}
      <CloseDialog
        opened={closing !== undefined}
        onClose={() => setClosing(undefined)}
        ids={closing?.ids ?? []}
        verdict={closing?.verdict}
        onDone={clear}
      />
      <KeysDialog opened={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </>
  );
}

/** Who works by keyboard goes on with the next one: the row that was worked on may be gone, and its focus with it. */
function useFocusAfter(isBusy: boolean, focus: () => void): void {
  const was = useRef(isBusy);
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => {
    const isOver = was.current && !isBusy;
    was.current = isBusy;
    // After the dialog has given the focus back.
    if (isOver) setTimeout(() => latest.current());
  }, [isBusy]);
}
