import type { AccessOverview } from '@castellan/api';
import { Text } from '@mantine/core';
import { coverageSentence } from '../access/usage-words.js';
import { DayBars } from '../charts/DayBars.js';
import { Panel } from '../states/Panel.js';
import styles from './overview.module.css';

/** How often somebody has signed in, by day. */
export function SignIns({ overview: { signIns, coverage } }: { readonly overview: AccessOverview }) {
  return (
    <div className={styles['wide']}>
      <Panel title="Sign-ins, last 30 days">
        {coverage === null ? (
          <Text size="sm">{coverageSentence(coverage)}</Text>
        ) : (
          <>
            <DayBars
              label="Sign-ins by day"
              unit="sign-ins"
              days={signIns.map(({ day, times }) => ({ day, count: times }))}
              span={30}
              observedSince={coverage.since}
              search={{ filter: ['use:sign_in'] }}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {coverageSentence(coverage)}
            </Text>
          </>
        )}
      </Panel>
    </div>
  );
}
