import type { OfferedAction, PlaybookDetail, PlaybookStepView } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { offeredQuery } from '../actions/action-queries.js';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { whoDoes } from './who-does.js';
import styles from './playbooks.module.css';

/** What the integrations can do. */
interface Offered {
  /** `undefined`: nobody knows yet. */
  readonly known: readonly OfferedAction[] | undefined;
  /** Integrations that could not be asked, e.g. since their connector is not installed. */
  readonly unasked: readonly string[];
  readonly error: Error | null;
  readonly retry: () => void;
}

/** @param isWanted `false`: nobody looks at it */
export function useOffered(isWanted: boolean): Offered {
  const { data: integrations, error, refetch } = useQuery({ ...integrationsQuery, enabled: isWanted });
  const answers = useQueries({ queries: (isWanted ? (integrations ?? []) : []).map(({ id }) => offeredQuery(id)) });
  const isKnown = integrations !== undefined && answers.every(({ isPending }) => !isPending);
  return {
    known: isWanted && isKnown ? answers.flatMap(({ data }) => data?.items ?? []) : undefined,
    unasked: integrations?.filter((_, at) => answers[at]?.isError === true).map(({ name }) => name) ?? [],
    error: integrations === undefined ? error : null,
    retry: () => void refetch(),
  };
}

interface WhatItWillDoProps {
  readonly playbook: PlaybookDetail;
  readonly offered: Offered;
}

/** What is switched on with it. */
export function WhatItWillDo({ playbook: { steps, trigger }, offered }: WhatItWillDoProps) {
  const { known, unasked, error, retry } = offered;
  if (error !== null) return <Failed error={error} retry={retry} />;
  if (known === undefined) return <Loading height={120} />;
  const { byItself, withPerson, byHand } = whoDoes(steps, known);
  return (
    <Stack gap="sm">
      <Text size="sm">
        It begins for what is found from now on, in all integrations of this workspace, {trigger.mostADay} times within 24 hours
        at most.
      </Text>
      {unasked.length > 0 && (
        <Text size="sm" c="var(--castellan-red)" role="alert">
          {unasked.join(', ')} could not be asked what can be done there: what follows holds for the others.
        </Text>
      )}
      <Steps title="It does by itself" steps={byItself} none="Nothing." />
      <Steps title="It does after a person has said so" steps={withPerson} />
      <Steps title="People do by hand, since no integration offers it" steps={byHand} />
    </Stack>
  );
}

interface StepsProps {
  readonly title: string;
  readonly steps: readonly PlaybookStepView[];
  /** Where there are none; left out: nothing is said. */
  readonly none?: string;
}

function Steps({ title, steps, none }: StepsProps) {
  if (steps.length === 0 && none === undefined) return null;
  return (
    <div>
      <Text size="sm" fw={550}>
        {title}
      </Text>
      {steps.length === 0 ? (
        <Text size="sm">{none}</Text>
      ) : (
        <ul className={styles['points']}>
          {steps.map((step) => (
            <li key={step.id}>{step.title}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
