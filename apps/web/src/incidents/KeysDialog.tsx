import { Kbd, Stack, Switch } from '@mantine/core';
import { Dialog } from '../states/Dialog.js';
import styles from './incidents.module.css';
import { useKeysOn } from './use-queue-keys.js';

const KEYS = [
  [['j', '↓'], 'The next one'],
  [['k', '↑'], 'The one before'],
  [['Enter'], 'Open it'],
  [['a'], 'Acknowledge: somebody is looking into it'],
  [['f'], 'Close as false alarm, with a reason'],
  [['r'], 'Close as real attack, with a reason'],
  [['x'], 'Select it: then a, f and r are for all that are selected'],
  [['?'], 'Show these keys'],
] as const;

interface KeysDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What can be done without a mouse. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  const [isOn, setOn] = useKeysOn();
  return (
    <Dialog title="Keys of the queue" opened={opened} onClose={onClose}>
      <Stack gap="md">
        <dl className={styles['keys']}>
          {KEYS.map(([keys, does]) => (
            <div key={does} style={{ display: 'contents' }}>
              <dt>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 && ' or '}
                    <Kbd size="xs">{key}</Kbd>
                  </span>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <Switch
          label="The keys are on"
          description="Off, single letters do nothing here. This browser remembers it."
          checked={isOn}
          onChange={({ currentTarget }) => setOn(currentTarget.checked)}
        />
      </Stack>
    </Dialog>
  );
}
