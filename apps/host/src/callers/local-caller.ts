import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import type { Authentication } from './caller.guard.js';
import type { CallerWatch } from './caller-watch.js';
import { permissionsOf } from './permissions.js';

/** Replaced by sessions and API keys in the next commit. */
export const LOCAL: Authentication & CallerWatch = {
  authenticate: async (request) => ({
    kind: 'user',
    id: '00000000-0000-4000-8000-000000000002',
    name: 'local administrator',
    workspaceId: DEFAULT_WORKSPACE_ID,
    permissions: permissionsOf('administrator', true),
    userId: null,
    sessionId: null,
    address: request.socket.remoteAddress ?? '',
  }),
  isStillValid: async () => true,
};
