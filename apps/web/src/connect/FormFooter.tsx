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
      <Group gap="sm">
        {canTest && (
          // One button for both: what has the focus must not go away.
          <Button
            variant="default"
            disabled={isSending}
            leftSection={trial.isRunning && <Loader size={14} />}
            onClick={trial.isRunning ? trial.cancel : test}
          >
            {trial.isRunning ? 'Cancel the test' : 'Test connection'}
          </Button>
        )}
        <Text size="sm" c="dimmed" role="status" className={styles['verdict']}>
          {spoken(trial.isRunning || isSending, isSending, connector.name) ??
            (trial.findings === undefined || trial.isStale ? '' : verdictWords(trial.findings, connector.streams))}
        </Text>
        <Group gap="sm" ml="auto">
          <Button variant="default" visibleFrom="xs" onClick={onCancel}>
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
