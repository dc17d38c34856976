import type { InvitationView } from '@castellan/api';
import { Code } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { ShownOnce } from '../states/ShownOnce.js';

interface InvitationShownProps {
  readonly name: string;
  readonly invitation: InvitationView;
  readonly onDone: () => void;
}

/** The token itself, and never a link with it: addresses stay in histories, logs and mail gateways. */
export function InvitationShown({ name, invitation, onDone }: InvitationShownProps) {
  return (
    <ShownOnce label="Invitation" secret={invitation.token} onDone={onDone}>
      Give it to {name} on a way that only {name} reads. {name} opens <Code>{window.location.origin}/invitation</Code> and
      pastes it there. It is good once, and ends <Ago at={invitation.expiresAt} />.
    </ShownOnce>
  );
}
