import type { SettingArea } from '../check/need.js';
import { type Compared, undecided } from '../check/unsaid.js';

interface Asked {
  /** What is wrong, of `s.value`; `null` where that is not said. */
  readonly where: string;
  /** Evidence, as arguments of `jsonb_build_object`. */
  readonly seen: string;
  readonly compares: Compared;
}

/** The statements of a check that names the organisation by one area of its settings, of `$integration`. */
export function orgSetting(
  area: SettingArea,
  { where, seen, compares }: Asked,
): { readonly sql: string; readonly undecided: string } {
  const from = `FROM org_settings s WHERE s.integration_id = $integration AND s.key = '${area}' AND s.removed_at IS NULL`;
  return {
    sql: `SELECT 'organisation' AS key, jsonb_build_object(${seen}) AS evidence ${from} AND (${where})`,
    undecided: undecided({ key: `'organisation'`, from, where, compares }),
  };
}
