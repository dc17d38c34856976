import type { ConnectorView } from '@castellan/api';
import { Alert, Modal } from '@mantine/core';

interface UnavailableProps {
  readonly connector: Pick<ConnectorView, 'name' | 'reason'>;
  readonly onClose: () => void;
}

/** In place of the form of a connector that this host could not load. */
export function Unavailable({ connector: { name, reason }, onClose }: UnavailableProps) {
  return (
    <Modal opened onClose={onClose} title={name} transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Alert color="orange" title="Not available on this host">
        {reason ?? 'The connector is not installed any more.'}
      </Alert>
    </Modal>
  );
}
