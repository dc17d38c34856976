import { Box, Button, Popover } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import type { TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import styles from './drop.module.css';

interface DropProps {
  readonly label: string;
  readonly icon: TablerIcon;
  /** What opens is called so. */
  readonly name: string;
  readonly width: number;
  readonly align: 'start' | 'end';
  readonly children: ReactNode;
}

/**
 * A button that something opens below. What opens is made when it is wanted for the first time: the machinery that finds its
 * place costs a table with three of them a tenth of its first picture.
 */
export function Drop({ label, icon: Icon, name, width, align, children }: DropProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  // The button is no part of what opens: by itself that would close at the press of it, and open again with the click.
  const box = useClickOutside<HTMLDivElement>(() => setIsOpen(false));
  const toggle = (): void => {
    setWasOpen(true);
    setIsOpen(!isOpen);
  };
  return (
    <Box pos="relative" ref={box}>
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon size={15} aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {label}
      </Button>
      {wasOpen && (
        <Popover
          opened={isOpen}
          onChange={setIsOpen}
          position={`bottom-${align}`}
          width={width}
          shadow="md"
          trapFocus
          returnFocus
          withinPortal={false}
          closeOnClickOutside={false}
        >
          <Popover.Target>
            <span className={styles['anchor']} aria-hidden />
          </Popover.Target>
          <Popover.Dropdown aria-label={name} p={0}>
            {children}
          </Popover.Dropdown>
        </Popover>
      )}
    </Box>
  );
}
