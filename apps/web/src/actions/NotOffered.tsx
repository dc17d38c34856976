import { Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';

/** Its settings, open at what switches actions on; at their beginning, where a connector calls that something else. */
const SETTING = { dialog: 'settings', field: 'actions' } as const;

/** Where the settings let nothing be done. */
export function NotOffered({ integration }: { readonly integration: string }) {
  return (
    <Text size="sm">
      This integration only reads: what would be done is shown, with the way by hand. From here it is done once actions are
      switched on and the permissions for them are granted, in{' '}
      <AnchorLink to="/integrations/$id/settings" params={{ id: integration }} search={SETTING} size="sm" underline="always">
        its settings
      </AnchorLink>
      .
    </Text>
  );
}
