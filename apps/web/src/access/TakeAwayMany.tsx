import { MOST_BATCHED, type RemovalSuggestion } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { offeredQuery } from '../actions/action-queries.js';
import { BatchDialog, type ChosenBatch } from '../actions/BatchDialog.js';
import { isLacking } from '../actions/not-granted.js';
import { assignmentOf, takingAway } from '../actions/taking-away.js';
import { useMay } from '../session/session.js';

interface TakeAwayManyProps {
  readonly integration: string;
  readonly selected: readonly RemovalSuggestion[];
}

/** Several at once, each looked at by itself before. */
export function TakeAwayMany({ integration, selected }: TakeAwayManyProps) {
  const mayAsk = useMay('actions:request');
  const [chosen, setChosen] = useState<ChosenBatch>();
  const { data } = useQuery({ ...offeredQuery(integration), enabled: mayAsk });
  const found = selected.map((one) => takingAway(data?.items ?? [], 'app_assignment', assignmentOf(one)));
  const action = found[0]?.action;
  // Another one may take it from a group than from a person: of two kinds of actions it is no batch.
  const objects = selected.flatMap(({ principal: { label } }, index) => {
    const one = found[index];
    return one === undefined || one.action.name !== action?.name ? [] : [{ label, input: one.possible.input }];
  });
  const isOffered = mayAsk && objects.length > 1 && action?.isOffered === true;
  const isTooMany = objects.length > MOST_BATCHED;
  return (
    <>
      {isOffered && (
        <Group gap="sm">
          <Button
            size="compact-sm"
            variant="default"
            disabled={isTooMany}
            {...(isLacking(action) && { leftSection: <IconLock size={14} aria-hidden /> })}
            onClick={() => setChosen({ integration, action, objects })}
          >
            Take away {objects.length} …
          </Button>
          <Text size="xs" c="dimmed">
            {isTooMany ? `At most ${MOST_BATCHED} at once.` : 'Together they may break more than each by itself.'}
          </Text>
        </Group>
      )}
      <BatchDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
}
