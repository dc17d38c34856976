import type { IntegrationStatus, NextAction } from '@castellan/api';
import { Button, type ButtonProps } from '@mantine/core';
import { IconHandStop, IconKey, IconLockOpen, IconPlayerPlay, IconRefresh, type TablerIcon } from '@tabler/icons-react';
import { useMay } from '../session/session.js';
import { ButtonLink } from '../shell/links.js';
import { useIntegrationAction } from './integration-actions.js';
import { ACTION_WORDS } from './status-looks.js';

interface NextStepProps extends ButtonProps {
  readonly id: string;
  readonly status: IntegrationStatus;
}

const ICONS: Readonly<Record<NextAction, TablerIcon>> = {
  sync: IconRefresh,
  resume: IconPlayerPlay,
  reconnect: IconKey,
  'decide-holds': IconHandStop,
  grant: IconLockOpen,
};

/** The one thing to do next; nothing where there is none, or where who looks may not do it. */
export function NextStep({ id, status, ...look }: NextStepProps) {
  const mayManage = useMay('integrations:manage');
  const action = status.next?.action;
  if (action === undefined) return null;
  const Icon = ICONS[action];
  const props = { ...look, leftSection: <Icon size={15} aria-hidden />, children: ACTION_WORDS[action] };
  switch (action) {
    case 'sync':
    case 'resume':
      return mayManage ? <Do id={id} action={action} {...props} /> : null;
    case 'reconnect':
      return mayManage ? (
        <ButtonLink to="/integrations/$id/settings" params={{ id }} search={{ dialog: 'reconnect' }} {...props} />
      ) : null;
    case 'decide-holds':
      return (
        <ButtonLink to="/integrations/$id/holds" params={{ id }} {...props}>
          {mayManage ? props.children : 'See the removals'}
        </ButtonLink>
      );
    case 'grant':
      return <ButtonLink to="/integrations/$id/streams" params={{ id }} {...props} />;
  }
}

function Do({ id, action, ...look }: ButtonProps & { readonly id: string; readonly action: 'sync' | 'resume' }) {
  const { mutate, isPending } = useIntegrationAction(id, action);
  return <Button {...look} loading={isPending} onClick={() => mutate()} />;
}
