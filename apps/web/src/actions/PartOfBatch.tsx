import { Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';

/** Where what was done to many stands, beside one of them. */
export function PartOfBatch({ id }: { readonly id: string }) {
  return (
    <Text size="xs" c="dimmed">
      Part of{' '}
      <AnchorLink to="/actions/batches/$id" params={{ id }} size="xs" underline="always">
        a batch
      </AnchorLink>
    </Text>
  );
}
