import { Failed } from './Failed.js';

/** In place of a page that could not be shown at all. */
export function FailedPage({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return <Failed error={error} retry={reset} />;
}
