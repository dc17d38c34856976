import { type TextsParameter, texts } from '../check/parameter.js';
import { hasWord } from './name-words.js';

/** The parameter `sensitive` of checks that look at what an application opens. */
export const SENSITIVE: TextsParameter = texts('Words in the names of applications that open much', [
  'admin',
  'amazon web services',
  'aws',
  'azure',
  'backup',
  'bank',
  'bitbucket',
  'cyberark',
  'firewall',
  'gcp',
  'github',
  'gitlab',
  'google cloud',
  'jenkins',
  'kubernetes',
  'netsuite',
  'openvpn',
  'password',
  'payroll',
  'production',
  'root',
  'salary',
  'secret',
  'snowflake',
  'terraform',
  'treasury',
  'vault',
  'vpn',
  'workday',
]);

/** Whether it is one that opens much, by `$sensitive`. `t`: what the statement calls the application. */
export function isSensitive(t: string): string {
  return isCalled(t, '$sensitive');
}

/** Whether its label or its name has one of the words of a parameter. */
export function isCalled(t: string, parameter: string): string {
  return hasWord(`coalesce(${t}.label, '') || ' ' || coalesce(${t}.name, '')`, parameter);
}

export function isOn(t: string): string {
  return `${t}.integration_id = $integration AND ${t}.removed_at IS NULL AND ${t}.status = 'active'`;
}

/**
 * Steps of a `WITH RECURSIVE`: `sensitive (key, label)`, applications that open much, and `opening (application, "group")`, groups by
 * which somebody has one of them, also those that lie in such a group.
 */
export const SENSITIVE_APPLICATIONS = `sensitive AS (
    SELECT t.key, coalesce(t.label, t.key) AS label FROM applications t WHERE ${isOn('t')} AND ${isSensitive('t')}
  ), opening AS (
    SELECT s.application, s.principal AS "group" FROM sensitive x JOIN app_assignments s ON s.integration_id = $integration
      AND s.application = x.key COLLATE "default" AND s.principal_kind = 'group' AND s.removed_at IS NULL
    UNION
    SELECT o.application, m.member FROM opening o JOIN memberships m ON m.integration_id = $integration AND m."group" = o."group"
      AND m.member_kind = 'group' AND m.removed_at IS NULL
  )`;
