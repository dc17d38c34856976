import type { ReactNode } from 'react';
import { ShownOnce } from '../states/ShownOnce.js';

interface SecretShownProps {
  readonly secret: string;
  readonly onDone: () => void;
  readonly children: ReactNode;
}

export function SecretShown({ secret, onDone, children }: SecretShownProps) {
  return (
    <ShownOnce label="Signing secret" secret={secret} onDone={onDone}>
      The receiver checks with it that a delivery comes from here and is unchanged, as any library for Standard Webhooks does.{' '}
      {children}
    </ShownOnce>
  );
}
