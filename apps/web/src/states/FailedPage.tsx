import { useRouter } from '@tanstack/react-router';
import { Failed } from './Failed.js';

/** In place of a page that could not be shown at all. */
export function FailedPage({ error }: { readonly error: unknown }) {
  const router = useRouter();
  // The router remembers that the page has failed, until it loads it anew.
  return <Failed error={error} retry={() => void router.invalidate()} />;
}
