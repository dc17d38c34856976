import type { ConnectorDetail } from '@castellan/api';
import { Stack, Text, Title } from '@mantine/core';
import styles from './connect.module.css';
import type { Connection } from './connection.js';
import { GuideSteps } from './GuideSteps.js';
import { placeOf } from './guide-places.js';
import { Overview } from './Overview.js';

interface GuideProps {
  readonly connector: ConnectorDetail;
  readonly connection: Connection;
}

/** Beside the form: what to do at the provider for the field that somebody is at, or what is needed in all. */
export function Guide({ connector, connection: { fields, at, beside } }: GuideProps) {
  const place = at === undefined ? undefined : placeOf(fields, at);
  return (
    <aside {...beside} className={styles['guide']} aria-label="What to do">
      {place === undefined ? (
        <Overview connector={connector} fields={fields} />
      ) : (
        <Stack gap="sm">
          <Title order={3}>{place.label}</Title>
          {place.guide === undefined ? (
            <Text size="sm" c="dimmed">
              There is nothing to do for this one in {connector.name}.
            </Text>
          ) : (
            <GuideSteps guide={place.guide} />
          )}
          {place.way?.guide !== undefined && (
            <details className={styles['fold']}>
              <summary>All steps: {place.way.label}</summary>
              <GuideSteps guide={place.way.guide} />
            </details>
          )}
        </Stack>
      )}
    </aside>
  );
}
