import { Button, Group, Modal, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import styles from './connect.module.css';
import type { Discard } from './discard.js';

interface ConnectionModalProps {
  readonly title: string;
  readonly discard: Discard;
  readonly children: ReactNode;
}

/** Two columns have room from here on. */
export const WIDE = '(min-width: 58em)';

/** A dialog with a form; whatever would close it asks first when something was typed. */
export function ConnectionModal({ title, discard, children }: ConnectionModalProps) {
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  return (
    <>
      <Modal
        opened
        onClose={discard.leave}
        title={title}
        size="62rem"
        padding={0}
        fullScreen={!isWide}
        closeOnClickOutside={false}
        closeOnEscape={!discard.isAsked}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': 'Close' }}
        classNames={{ header: styles['header'] ?? '', title: styles['title'] ?? '', content: styles['content'] ?? '' }}
      >
        {children}
      </Modal>
      <Modal
        opened={discard.isAsked}
        onClose={discard.stay}
        title="Discard what you typed?"
        size="sm"
        centered
        zIndex={300}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': 'Keep editing' }}
      >
        <Text size="sm">Nothing of it is stored.</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" data-autofocus onClick={discard.stay}>
            Keep editing
          </Button>
          <Button color="red" onClick={discard.discard}>
            Discard
          </Button>
        </Group>
      </Modal>
    </>
  );
}
