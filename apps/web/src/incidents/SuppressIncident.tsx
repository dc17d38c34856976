import type { IncidentDetail } from '@castellan/api';
import { Button } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useState } from 'react';
import { SuppressDialog } from '../detection/SuppressDialog.js';
import { suppressionOf } from './suppression-of.js';

/** To hear no more of what an incident is about, while it waits: with everything filled in that it knows. */
export function SuppressIncident({ incident }: { readonly incident: IncidentDetail }) {
  const [isOpen, setOpen] = useState(false);
  if (incident.status === 'closed') return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconBellOff size={14} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        Suppress …
      </Button>
      <SuppressDialog search={isOpen ? suppressionOf(incident) : {}} incident={incident} onClose={() => setOpen(false)} />
    </>
  );
}
