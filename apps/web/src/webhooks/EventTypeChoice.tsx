import { Checkbox, Code, Fieldset, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed } from '../states/Failed.js';
import { eventTypesQuery } from './webhook-queries.js';
import styles from './webhooks.module.css';

/** A test comes to whoever asks for it, and nobody subscribes to it: the host would refuse that. */
const TEST = 'webhook.test';

interface EventTypeChoiceProps {
  readonly isOfAll: boolean;
  /** Whether the examples are what is sent: mail has other words. */
  readonly isPosted: boolean;
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  readonly onOfAll: (isOfAll: boolean) => void;
  readonly onChosen: (types: readonly string[]) => void;
  /** What narrows all of them, above the list of types, which is long. */
  readonly children: ReactNode;
}

/** What a webhook is told of, each type with a body as the receiver will get it. */
export function EventTypeChoice({ isOfAll, isPosted, chosen, error, onOfAll, onChosen, children }: EventTypeChoiceProps) {
  const types = useQuery(eventTypesQuery);
  return (
    <Fieldset legend="What it is told of" p="sm">
      <Stack gap="sm">
        {children}
        <Radio.Group
          aria-label="What it is told of"
          value={isOfAll ? 'all' : 'some'}
          error={error}
          onChange={(value) => onOfAll(value === 'all')}
        >
          <Stack gap="xs">
            <Radio value="all" label="Everything, also what a later version adds" />
            <Radio value="some" label="Only what is chosen here" />
          </Stack>
        </Radio.Group>
        {types.error !== null && <Failed error={types.error} retry={() => void types.refetch()} />}
        {types.isPending && <Skeleton height={120} />}
        <Checkbox.Group aria-label="Types of events" value={[...chosen]} onChange={onChosen} disabled={isOfAll}>
          <Stack gap="xs">
            {types.data
              ?.filter(({ type }) => type !== TEST)
              .map(({ type, summary, example }) => (
                <div key={type}>
                  <Checkbox value={type} label={type} description={summary} disabled={isOfAll} />
                  {isPosted && (
                    <details className={styles['example']}>
                      <summary>
                        <Text span size="xs">
                          What is sent
                        </Text>
                      </summary>
                      <Code block className={styles['body']} tabIndex={0} aria-label={`Example of ${type}`}>
                        {JSON.stringify(example, null, 2)}
                      </Code>
                    </details>
                  )}
                </div>
              ))}
          </Stack>
        </Checkbox.Group>
      </Stack>
    </Fieldset>
  );
}
