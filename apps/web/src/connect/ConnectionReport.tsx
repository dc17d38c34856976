import type { ConnectorDetail } from '@castellan/api';
import { Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { streamTitle } from '../integrations/stream-words.js';
import styles from './connect.module.css';
import type { Connection } from './connection.js';
import { FailedCheck } from './FailedCheck.js';
import { grouped, shownName, missingStreams, verdictOf, verdictWords } from './findings.js';
import type { Trial } from './trial.js';
import { VERDICT_LOOKS } from './verdict-looks.js';

interface ConnectionReportProps {
  readonly connector: ConnectorDetail;
  readonly connection: Pick<Connection, 'fields'>;
  readonly trial: Pick<Trial, 'findings' | 'isStale' | 'remark'>;
}

/** What a test has found: the verdict in one line, then each permission, what can be read, and the connection itself. */
export function ConnectionReport({ connector, connection, trial: { findings, isStale, remark } }: ConnectionReportProps) {
  const ref = useRef<HTMLElement>(null);
  // Below a long form it would come unseen.
  useEffect(() => {
    if (findings !== undefined) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [findings]);
  if (findings === undefined) return null;
  const verdict = verdictOf(findings.checks);
  const { icon: Icon, color } = VERDICT_LOOKS[verdict];
  const missing = verdict === 'some' ? missingStreams(findings.checks, connector.streams) : [];
  return (
    <section ref={ref} className={`${styles['report']} ${isStale ? styles['stale'] : ''}`} aria-label="Result of the test">
      <Text size="sm" c="dimmed" role="status">
        {isStale && 'The settings are others now: this is what was found before. Test again.'}
      </Text>
      <Title order={3} className={styles['check']}>
        <Icon size={18} color={color} aria-hidden />
        {verdictWords(findings, connector.streams)}
      </Title>
      {missing.length > 0 && (
        <Text size="sm" mt={4}>
          Missing: {missing.map(streamTitle).join(', ')}.
        </Text>
      )}
      <Stack gap="md" mt="sm">
        {grouped(findings.checks).map(({ title, failed, good, skipped }) => (
          <div key={title}>
            <Title order={4} fz="sm" mb={6}>
              {title}
            </Title>
            <Stack gap="sm">
              {failed.map((one) => (
                <FailedCheck key={one.checks[0]?.name} failed={one} provider={connector.name} fields={connection.fields} />
              ))}
              {good.length > 0 && (
                <ul className={styles['checks']}>
                  {good.map((check) => (
                    <li key={check.name} className={styles['check']}>
                      <IconCircleCheck size={15} color="var(--mantine-color-green-7)" aria-hidden />
                      <span>
                        {shownName(check)}:{' '}
                        <Text span inherit c="dimmed">
                          {check.message ?? 'ok'}
                        </Text>
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {skipped.map(({ why, names }) => (
                <div key={why} className={styles['check']}>
                  <IconCircleMinus size={15} color="var(--mantine-color-gray-6)" aria-hidden />
                  <Text size="sm" c="dimmed">
                    Skipped: {names.join(', ')}. {why}
                  </Text>
                </div>
              ))}
            </Stack>
          </div>
        ))}
      </Stack>
      {/* Below what is wrong: it is no reason for that. */}
      {remark !== undefined && (
        <Text size="sm" mt="sm">
          {remark}
        </Text>
      )}
    </section>
  );
}
