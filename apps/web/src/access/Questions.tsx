import { Anchor, Stack, Text, Title } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import type { ExplorerSearch } from './explorer-search.js';
import styles from './access.module.css';

/** The beginning of this week, in the time zone of who looks. */
function lastMonday(): string {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7)).toISOString();
}

/** What can be asked here, in words. */
export function Questions({ onAsk }: { readonly onAsk: (ask: ExplorerSearch['ask'] & string) => void }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="questions">
      <Title order={2} id="questions">
        What can be asked
      </Title>
      <ul className={styles['list']}>
        <li>
          <Anchor component="button" type="button" size="sm" ta="left" onClick={() => onAsk('reach')}>
            What can … reach?
          </Anchor>
          <Text size="xs" c="dimmed">
            Applications, roles and groups of a person or a group, how they come by them, and what of it is used.
          </Text>
        </li>
        <li>
          <Anchor component="button" type="button" size="sm" ta="left" onClick={() => onAsk('reached-by')}>
            Who can reach …?
          </Anchor>
          <Text size="xs" c="dimmed">
            Everybody who comes to an application, a role or a group, now or on a day in the past.
          </Text>
        </li>
        <li>
          <AnchorLink to="/access/unused" size="sm" display="block">
            Which access is not used?
          </AnchorLink>
          <Text size="xs" c="dimmed">
            Applications by accounts that do not open them, and rights of administration that nobody exercises.
          </Text>
        </li>
        <li>
          <AnchorLink to="/access/changes" search={{ since: lastMonday() }} size="sm" display="block">
            What has changed since Monday?
          </AnchorLink>
          <Text size="xs" c="dimmed">
            Memberships and assignments that came or went.
          </Text>
        </li>
      </ul>
    </Stack>
  );
}
