import { loadSimulator } from './loaded-once.js';

export type { Simulator } from '@castellan/okta-simulator';
/** The simulator that all files of a worker share: what Node has compiled for one of them is ready for the next. */
export const { applyRandomChanges, changeKinds, DEFAULT_SCOPES, startSimulator } = await loadSimulator();

/** For an organisation whose log has to end before something is played: its generated events go on until its `epoch`. */
export const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);
