import { Button, Group, Loader, Text } from '@mantine/core';
import styles from './connect.module.css';
import type { ConnectionFormProps } from './ConnectionForm.js';
import { verdictWords } from './findings.js';

interface FormFooterProps extends ConnectionFormProps {
  /** The last test says that something will be missing. */
  readonly isPartial: boolean;
}

/** Stays in sight: what can be done, and in one line what the last test has said. */
export function FormFooter({ connector, connection, trial, label, isSending, canTest, isPartial, onCancel }: FormFooterProps) {
  const test = (): void => {
    if (connection.check()) trial.run();
  };
  return (
    <div className={styles['footer']}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          {canTest && !trial.isRunning && (
            <Button variant="default" disabled={isSending} onClick={test}>
              Test connection
            </Button>
          )}
          {trial.isRunning && (
            <Button variant="default" onClick={trial.cancel} leftSection={<Loader size={14} />}>
              Cancel the test
            </Button>
          )}
          <Text size="sm" c="dimmed" role="status">
            {spoken(trial.isRunning || isSending, isSending, connector.name) ??
              (trial.findings === undefined || trial.isStale ? '' : verdictWords(trial.findings, connector.streams))}
          </Text>
        </Group>
        <Group gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isSending} disabled={trial.isRunning}>
            {isPartial ? `${label} all the same` : label}
          </Button>
        </Group>
      </Group>
    </div>
  );
}

function spoken(isBusy: boolean, isSending: boolean, provider: string): string | undefined {
  if (!isBusy) return undefined;
  return isSending
    ? `Testing with ${provider}, then storing.`
    : `Asking ${provider}. This takes some seconds, at most a minute.`;
}
