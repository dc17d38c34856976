import type { RemovalSuggestion } from '@castellan/api';
import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Chosen } from '../actions/ActDialog.js';
import { offeredQuery } from '../actions/action-queries.js';
import { isLacking, lacksWords } from '../actions/not-granted.js';
import { assignmentOf, takingAway } from '../actions/taking-away.js';
import { useMay } from '../session/session.js';

interface TakeAwayProps {
  readonly integration: string;
  readonly suggestion: RemovalSuggestion;
  readonly onChoose: (chosen: Chosen) => void;
}

/** Takes an application away from whom it was given to, where the integration lets that be done. */
export function TakeAway({ integration, suggestion, onChoose }: TakeAwayProps) {
  const { principal } = suggestion;
  const maySee = useMay('actions:request');
  const { data } = useQuery({ ...offeredQuery(integration), enabled: maySee });
  const found = takingAway(data?.items ?? [], 'app_assignment', assignmentOf(suggestion));
  if (!maySee || found === undefined) return null;
  const lack = isLacking(found.action) ? ` (${lacksWords(found.action.notGranted)})` : '';
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Take away …: ${principal.label}${lack}`}
      {...(lack !== '' && { leftSection: <IconLock size={14} aria-hidden />, title: lack })}
      onClick={() => onChoose({ integration, ...found })}
    >
      Take away …
    </Button>
  );
}
