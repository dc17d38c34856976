import type { WorkspaceView } from '@castellan/api';
import type { Workspace } from '@castellan/storage';

export function workspaceView({ id, name, createdAt, users, integrations }: Workspace): WorkspaceView {
  return { id, name, createdAt: createdAt.toISOString(), users, integrations };
}

export const WORKSPACE_EXAMPLE: WorkspaceView = {
  id: '9c1f0f0e-3f5f-4b0a-9f5c-3b0a6a1d2c33',
  name: 'Globex',
  createdAt: '2026-11-25T09:00:00.000Z',
  users: 1,
  integrations: 1,
};
