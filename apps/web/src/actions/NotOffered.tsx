import { Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';

/** Where the settings let nothing be done. */
export function NotOffered({ integration }: { readonly integration: string }) {
  return (
    <Text size="sm">
      This integration only reads. Actions are there once they are switched on and the permissions for them are granted:{' '}
      <AnchorLink to="/integrations/$id/settings" params={{ id: integration }} size="sm" underline="always">
        its settings
      </AnchorLink>
      .
    </Text>
  );
}
