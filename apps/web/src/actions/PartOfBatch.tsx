import { Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';

/** Where what was done to many stands, beside one of them. */
export function PartOfBatch({ id }: { readonly id: string }) {
  return (
    <Text size="xs" c="dimmed">
      Part of <BatchLink id={id} size="xs" />
    </Text>
  );
}

export function BatchLink({ id, size = 'sm' }: { readonly id: string; readonly size?: 'xs' | 'sm' }) {
  return (
    <AnchorLink to="/actions/batches/$id" params={{ id }} size={size} underline="always">
      a batch
    </AnchorLink>
  );
}
