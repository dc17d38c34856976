import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * Goes to the place that the address names once it is there: the browser has looked for it before its data had come.
 * @returns the name, `''` where the address has none
 */
export function useAnchor(isThere: boolean): string {
  const { hash } = useLocation();
  const asked = decoded(hash);
  useEffect(() => {
    if (isThere && asked !== '') document.getElementById(asked)?.scrollIntoView({ block: 'center' });
  }, [asked, isThere]);
  return asked;
}

/** Addresses are written by anybody. */
function decoded(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
