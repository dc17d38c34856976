import type { RemovalSuggestion } from '@castellan/api';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Chosen } from '../actions/ActDialog.js';
import { offeredQuery } from '../actions/action-queries.js';
import { takingAway } from '../actions/taking-away.js';
import { useMay } from '../session/session.js';

interface TakeAwayProps {
  readonly integration: string;
  readonly suggestion: RemovalSuggestion;
  readonly onChoose: (chosen: Chosen) => void;
}

/** Takes an application away from whom it was given to, where the integration lets that be done. */
export function TakeAway({ integration, suggestion: { application, principal }, onChoose }: TakeAwayProps) {
  const maySee = useMay('actions:request');
  const { data } = useQuery({ ...offeredQuery(integration), enabled: maySee });
  const known = { application: application.key, principalKind: principal.kind, principal: principal.key };
  const found = takingAway(data?.items ?? [], 'app_assignment', known);
  if (!maySee || found === undefined) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`Take away …: ${principal.label}`}
      onClick={() => onChoose({ integration, ...found })}
    >
      Take away …
    </Button>
  );
}
