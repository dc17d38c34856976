import type { ActionPlanView, OfferedAction } from '@castellan/api';
import type { ComparablePlan } from '@castellan/connector-sdk';
import { Code, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Losses } from './Losses.js';
import { Touched } from './Touched.js';
import styles from './actions.module.css';

interface PlanViewProps {
  readonly integration: string;
  readonly plan: ComparablePlan;
  /** What the stored records say of it; left out: of a plan that was agreed to earlier. */
  readonly losses?: Pick<ActionPlanView, 'access' | 'administrators'>;
  /** By name, for what takes it back. */
  readonly actions: readonly OfferedAction[];
}

/** What would be done: what is so afterwards, what else comes of it, and exactly what is sent. */
export function PlanView({ integration, plan, losses, actions }: PlanViewProps) {
  const { outcome, consequences, touches, calls, undo } = plan;
  const back = undo === null ? null : (actions.find(({ name }) => name === undo.action)?.title ?? undo.action);
  return (
    <Stack gap="sm">
      <Part title="Afterwards">
        <Text size="sm">{outcome}</Text>
      </Part>
      {consequences.length > 0 && (
        <Part title="What else comes of it">
          <ul className={styles['sentences']}>
            {[...new Set(consequences)].map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Part>
      )}
      {losses !== undefined && <Losses {...losses} />}
      <Part title="What it touches">
        <ul className={styles['plain']}>
          {touches.map((one) => (
            <li key={`${one.kind} ${one.key}`}>
              <Touched integration={integration} subject={{ ...one, label: one.name }} />
            </li>
          ))}
        </ul>
      </Part>
      {calls.length > 0 && (
        <Part title="What is sent, and nothing else">
          <ol className={styles['plain']}>
            {calls.map(({ method, path, body }) => (
              <li key={`${method} ${path} ${JSON.stringify(body)}`}>
                <Code className={styles['call'] ?? ''}>
                  {method} {path}
                </Code>
                {body !== undefined && (
                  <Code block mt={4} className={styles['body'] ?? ''}>
                    {JSON.stringify(body, null, 2)}
                  </Code>
                )}
              </li>
            ))}
          </ol>
        </Part>
      )}
      <Part title="Way back">
        <Text size="sm">
          {back === null ? 'Nothing takes it back from here.' : `“${back}”, offered for 7 days after it is done.`}
        </Text>
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Text size="xs" c="dimmed" mb={2}>
        {title}
      </Text>
      {children}
    </section>
  );
}
