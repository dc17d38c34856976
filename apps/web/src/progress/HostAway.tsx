import { Alert } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { hostAwayQuery } from './progress.js';

/** A stream that is taken up again at once, as by a proxy that has had enough of it, is nobody's concern. */
const LASTING_MS = 800;

/** Says that what is on the screen is not live any more. */
export function HostAway() {
  const { data = false } = useQuery(hostAwayQuery);
  const [hasLasted] = useDebouncedValue(data, LASTING_MS);
  // The place is there before it says something: one that comes together with its text is often not read out.
  return (
    <div role="status">
      {data && hasLasted && (
        <Alert color="orange" icon={<IconPlugConnectedX size={18} />} title="The host does not answer" mb="md">
          What you see is as it was before. The page goes on by itself as soon as the host is back.
        </Alert>
      )}
    </div>
  );
}
