import { type FindingView, MOST_BATCHED, type OfferedAction, type ResponseView } from '@castellan/api';
import { Button, Menu } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { offeredQuery, responseQuery } from '../actions/action-queries.js';
import { BatchDialog, type BatchObject, type ChosenBatch } from '../actions/BatchDialog.js';
import { Lacking } from '../actions/NotGranted.js';
import { possibleFirst } from '../actions/not-granted.js';
import { useMay } from '../session/session.js';

/** The same done to whom several findings are about, where one action fits all of them. */
export function RespondToFindings({ findings }: { readonly findings: readonly FindingView[] }) {
  const mayAsk = useMay('actions:request');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<ChosenBatch>();
  const subjects = distinct(findings);
  const [first] = subjects;
  const isAlike = subjects.every(
    ({ integration, subject }) => integration.id === first?.integration.id && subject.kind === first?.subject.kind,
  );
  const isPossible =
    mayAsk && first !== undefined && isAlike && subjects.length <= MOST_BATCHED && first.subject.kind !== 'organisation';
  const integration = first?.integration.id ?? '';
  const offered = useQuery({ ...offeredQuery(integration), enabled: isOpen && isPossible });
  const responses = useQueries({
    queries: subjects.map(({ subject: { kind, key } }) => ({
      ...responseQuery({ integration, kind, key }),
      enabled: isOpen && isPossible,
    })),
  });
  if (!isPossible) return null;
  const isKnown = offered.data !== undefined && responses.every(({ data }) => data !== undefined);
  const fitting = possibleFirst(
    (offered.data?.items ?? []).filter(
      (action) => action.isOffered && action.purpose !== 'restore' && responses.every(({ data }) => fits(data, action)),
    ),
    (action) => action,
  );
  const choose = (action: OfferedAction): void => {
    const objects = subjects.flatMap(({ id, subject }, index): readonly BatchObject[] => {
      const possible = responses[index]?.data?.actions.find((one) => one.action === action.name);
      return possible === undefined ? [] : [{ label: subject.label, input: possible.input, cause: { findingId: id } }];
    });
    setChosen({ integration, action, objects });
  };
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" width={260}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" leftSection={<IconBolt size={14} aria-hidden />}>
            Respond …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {!isKnown && <Menu.Item disabled>Looking …</Menu.Item>}
          {isKnown && fitting.length === 0 && <Menu.Item disabled>Nothing fits all of them</Menu.Item>}
          {isKnown &&
            fitting.map((action) => (
              <Menu.Item key={action.name} onClick={() => choose(action)}>
                {action.title} …
                <Lacking action={action} />
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <BatchDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
}

/** One for each subject: two checks may have found the same person. */
function distinct(findings: readonly FindingView[]): readonly FindingView[] {
  return [...new Map(findings.map((one) => [`${one.integration.id} ${one.subject.kind} ${one.subject.key}`, one])).values()];
}

function fits(response: ResponseView | undefined, { name }: OfferedAction): boolean {
  return response?.actions.some((one) => one.action === name && one.open.length === 0) === true;
}
