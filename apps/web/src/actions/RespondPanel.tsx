import type { ResponseSubjects } from '@castellan/api';
import { Accordion, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PlaybooksOf } from '../playbooks/PlaybooksOf.js';
import { useMay } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { Panel } from '../states/Panel.js';
import { ActDialog, type Chosen } from './ActDialog.js';
import { type ActionCause, subjectsQuery } from './action-queries.js';
import { ATTACK_FIRST, FIX_FIRST } from './action-words.js';
import { RequestList } from './RequestList.js';
import { SubjectResponse } from './SubjectResponse.js';
import { SubjectTitle } from './SubjectTitle.js';

interface RespondPanelProps {
  readonly cause: ActionCause;
  /** An attack goes on, or something is only weak. */
  readonly isAttack: boolean;
}

/** What can be done about a finding or an incident, to whom, and what was done already. */
export function RespondPanel({ cause, isAttack }: RespondPanelProps) {
  const maySee = useMay('actions:read');
  const { data, error, refetch } = useQuery({ ...subjectsQuery(cause), enabled: maySee });
  if (!maySee) return null;
  return (
    <Panel title="Respond" anchor="respond">
      <RequestList where={cause} label="What was asked for" />
      <PlaybooksOf cause={cause} />
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={160} />}
      {data?.items.length === 0 && (
        <Text size="sm">
          It names nobody and nothing that something could be done to from here. The steps above say what to do.
        </Text>
      )}
      {data !== undefined && data.items.length > 0 && <Subjects subjects={data} cause={cause} isAttack={isAttack} />}
    </Panel>
  );
}

interface SubjectsProps extends RespondPanelProps {
  readonly subjects: ResponseSubjects;
}

function Subjects({ subjects: { integration, items }, cause, isAttack }: SubjectsProps) {
  const [chosen, setChosen] = useState<Chosen>();
  return (
    <>
      <Accordion defaultValue="0" keepMounted={false} chevronSize={14}>
        {/* Of what is named here parts of the page are named: a key may have what such a name cannot. */}
        {items.map((subject, index) => (
          <Accordion.Item key={`${subject.kind} ${subject.key}`} value={String(index)}>
            <Accordion.Control py={4} px={4}>
              <SubjectTitle subject={subject} role={subject.role} />
            </Accordion.Control>
            <Accordion.Panel>
              <SubjectResponse
                place={{ integration: integration.id, kind: subject.kind, key: subject.key }}
                order={isAttack ? ATTACK_FIRST : FIX_FIRST}
                onChoose={(one) => setChosen({ ...one, cause })}
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      <ActDialog chosen={chosen} onClose={() => setChosen(undefined)} />
    </>
  );
}
