import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';

export const STORAGE = Symbol('Storage');

/** Without sign-in there is one workspace. Sessions will say which one, and nothing below the controllers changes. */
export const WORKSPACE = DEFAULT_WORKSPACE_ID;
