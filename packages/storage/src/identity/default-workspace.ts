/** Made by the first migration: the workspace of a host that serves one organisation, and of its operators. */
export const DEFAULT_WORKSPACE_ID = '00000000-0000-4000-8000-000000000001';
