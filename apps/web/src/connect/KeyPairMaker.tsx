import type { ConnectorDetail } from '@castellan/api';
import type { KeyPair } from '@castellan/connector-sdk';
import { Button, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { Failed } from '../states/Failed.js';
import { CopyText } from './CopyText.js';
import { Steps } from './GuideSteps.js';

interface KeyPairMakerProps {
  readonly connector: ConnectorDetail;
  /** What was made for this field, if anything was. */
  readonly pair: KeyPair | undefined;
  readonly onMade: (pair: KeyPair) => void;
}

/** Makes the key for somebody who has none: the private half goes into the form unseen, the public one is shown. */
export function KeyPairMaker({ connector, pair, onMade }: KeyPairMakerProps) {
  const make = useMutation({
    // It holds a secret: gone with this dialog, not kept for a while.
    gcTime: 0,
    mutationFn: () => post<KeyPair>(`${at('connectors', connector.id)}/keys`, {}),
    onSuccess: onMade,
  });
  return (
    <Stack gap="sm" mt="xs">
      <Button
        size="compact-sm"
        variant="default"
        style={{ alignSelf: 'start' }}
        leftSection={<IconKey size={15} aria-hidden />}
        loading={make.isPending}
        onClick={() => make.mutate()}
      >
        {pair === undefined ? 'Make a key pair' : 'Make another key pair'}
      </Button>
      {make.error !== null && <Failed error={make.error} />}
      <div aria-live="polite">
        {pair !== undefined && (
          <Stack gap="sm">
            <CopyText label={`Public key, for ${connector.name}`} text={JSON.stringify(pair.publicJwk, null, 2)} />
            <Text size="sm">Then, in {connector.name}:</Text>
            <Steps steps={pair.nextSteps} />
          </Stack>
        )}
      </div>
    </Stack>
  );
}
