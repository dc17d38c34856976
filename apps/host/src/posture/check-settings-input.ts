import type { SettingChange } from '@castellan/posture';
import { invalidRequest } from '../problems/problem.js';
import type { CheckSettingsBody } from './posture-query.js';

/** What the check itself has to judge is left to it. @throws Problem (400) */
export function readSettingChange({ enabled, reason = null, parameters = {} }: CheckSettingsBody): SettingChange {
  if (!enabled && reason === null)
    throw invalidRequest([{ field: 'reason', message: 'Is required where the check is off: why it does not matter here.' }]);
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
    throw invalidRequest([{ field: 'parameters', message: 'Must be an object: values by the name of the parameter.' }]);
  // Of the types that it says once the check has judged them, which every caller asks first.
  return { enabled, reason: reason?.trim() ?? null, parameters: parameters as SettingChange['parameters'] };
}
