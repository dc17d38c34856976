import { type ColumnSpec, entity } from './entity.js';

const ID: ColumnSpec = { type: 'uuid!', with: { generated: 'uuid' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };
const KEY: ColumnSpec = { type: 'text!', with: { collation: 'C' } };

/** What somebody wants to have done at a provider. */
export const ACTION_ENTITIES = [
  entity(
    'action_requests',
    ['id'],
    {
      id: ID,
      workspaceId: 'uuid!',
      integrationId: 'uuid!',
      action: 'text!',
      title: 'text!',
      effect: 'text!',
      input: 'jsonb!',
      subjectKind: 'text!',
      subjectKey: KEY,
      subjectName: 'text!',
      plan: 'jsonb!',
      fingerprint: 'text!',
      reason: 'text',
      findingId: 'uuid',
      incidentId: 'uuid',
      undoOf: 'uuid',
      state: 'text!',
      requestedBy: 'jsonb!',
      decidedBy: 'jsonb',
      decidedAt: 'timestamptz',
      wish: KEY,
      createdAt: NOW,
      dueAt: 'timestamptz',
      leaseUntil: 'timestamptz',
      tries: { type: 'integer!', with: { default: 0 } },
      startedAt: 'timestamptz',
      endedAt: 'timestamptz',
      changed: 'boolean',
      message: 'text',
      problem: 'jsonb',
      undoneBy: 'uuid',
      byHand: { type: 'boolean!', with: { default: false } },
    },
    [{ name: 'action_requests_workspace_id_wish_key', columns: ['workspaceId', 'wish'] }],
  ),
];
