import { type ColumnSpec, entity } from './entity.js';

const ID: ColumnSpec = { type: 'uuid!', with: { generated: 'uuid' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };
const KEY: ColumnSpec = { type: 'text!', with: { collation: 'C' } };

/** Playbooks: which begin by themselves, and their runs. */
export const PLAYBOOK_ENTITIES = [
  entity('playbook_settings', ['workspaceId', 'playbook'], {
    workspaceId: 'uuid!',
    playbook: 'text!',
    enabledVersion: 'integer',
    enabledAt: 'timestamptz',
    enabledBy: 'jsonb',
    simulatedVersion: 'integer',
    simulatedAt: 'timestamptz',
  }),
  entity(
    'playbook_runs',
    ['id'],
    {
      id: ID,
      workspaceId: 'uuid!',
      integrationId: 'uuid!',
      playbook: 'text!',
      version: 'integer!',
      definition: 'jsonb!',
      opening: KEY,
      findingId: 'uuid!',
      incidentId: 'uuid',
      subjectKind: 'text!',
      subjectKey: KEY,
      subjectName: 'text!',
      state: 'text!',
      waitsFor: 'text',
      step: 'text',
      endedAs: 'text',
      log: { type: 'jsonb!', with: { default: [] } },
      answers: { type: 'jsonb!', with: { default: {} } },
      startedBy: 'jsonb!',
      startedAt: NOW,
      deadlineAt: 'timestamptz!',
      endedAt: 'timestamptz',
      stoppedBy: 'jsonb',
      reason: 'text',
      dueAt: 'timestamptz',
      leaseUntil: 'timestamptz',
      tries: { type: 'integer!', with: { default: 0 } },
    },
    [{ name: 'playbook_runs_opening', columns: ['workspaceId', 'playbook', 'opening'] }],
  ),
];
