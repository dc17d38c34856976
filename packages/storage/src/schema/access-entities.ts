import { type ColumnSpec, entity } from './entity.js';

const ID: ColumnSpec = { type: 'uuid!', with: { generated: 'uuid' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };

const ACCESS_REVIEWS = entity('access_reviews', ['id'], {
  id: ID,
  workspaceId: 'uuid!',
  integrationId: 'uuid!',
  application: { type: 'text!', with: { collation: 'C' } },
  applicationLabel: 'text!',
  reviewer: 'jsonb!',
  note: 'text',
  asOf: 'timestamptz!',
  format: 'text!',
  accounts: 'integer!',
  sha256: 'bytea!',
  createdAt: NOW,
});

const SAVED_QUESTIONS = entity(
  'saved_questions',
  ['id'],
  { id: ID, workspaceId: 'uuid!', name: 'text!', address: 'text!', createdBy: 'uuid', createdAt: NOW },
  [{ name: 'saved_questions_name', columns: ['workspaceId', 'name'] }],
);

/** What people make of the questions about access. */
export const ACCESS_ENTITIES = [ACCESS_REVIEWS, SAVED_QUESTIONS];
