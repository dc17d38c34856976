import { OPERATOR_PERMISSIONS, PERMISSIONS, type Permission } from '@castellan/api';
import { Alert, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useMay, useSession } from '../session/session.js';
import { PageTitle } from './PageTitle.js';

interface GuardedProps {
  readonly title: string;
  readonly needs: Permission;
  readonly children: ReactNode;
}

/** A page that not everybody may see. Who opens it by its address is told so, and nothing is asked for. */
export function Guarded({ title, needs, children }: GuardedProps) {
  const { user } = useSession();
  if (useMay(needs)) return children;
  const who = OPERATOR_PERMISSIONS.some((one) => one === needs)
    ? 'An operator of this host'
    : 'An administrator of your workspace';
  return (
    <>
      <PageTitle title={title} />
      <Alert variant="light" color="gray" icon={<IconLock size={18} />} title="Not for your role">
        <Text size="sm">
          {user === null ? 'You do' : `As ${user.role} you do`} not have the permission “{PERMISSIONS[needs].replace(/\.$/, '')}
          ”. {who} can change that.
        </Text>
      </Alert>
    </>
  );
}
