import type { CheckReason } from '@castellan/api';
import { useMay } from '../session/session.js';
import { AnchorLink } from '../shell/links.js';

/** Where whoever has to act goes; `null`: nobody can, or only at the provider. */
const WAYS_OUT = {
  not_offered: null,
  switched_off: { to: '/integrations/$id/settings', label: 'Open the settings of the integration' },
  not_read: { to: '/integrations/$id', label: 'Open the integration' },
  refused: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  failed: { to: '/integrations/$id/runs', label: 'See its runs' },
  stale: { to: '/integrations/$id/runs', label: 'See its runs' },
  partial: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  not_said: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  not_observed: { to: '/integrations/$id/streams', label: 'See the streams of the integration' },
  not_counted: { to: '/integrations/$id/runs', label: 'See its runs' },
  broken: null,
} as const satisfies Readonly<Record<CheckReason['code'], { readonly to: string; readonly label: string } | null>>;

interface WayOutProps extends Pick<CheckReason, 'code' | 'setting'> {
  /** Id. */
  readonly integration: string;
}

/** A link to where it is mended; where a setting does it, to its field. */
export function WayOut({ code, setting, integration }: WayOutProps) {
  const mayManage = useMay('integrations:manage');
  const way = WAYS_OUT[code];
  if (way === null) return null;
  const params = { id: integration };
  if (setting === null || !mayManage)
    return (
      <AnchorLink to={way.to} params={params} size="xs">
        {way.label}
      </AnchorLink>
    );
  return (
    <AnchorLink to="/integrations/$id/settings" params={params} search={{ dialog: 'settings', field: setting }} size="xs">
      {way.label}
    </AnchorLink>
  );
}
