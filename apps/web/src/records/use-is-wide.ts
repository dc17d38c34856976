import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether a table has columns beyond its frame. Only then does the first column stay where it is: what stays costs the browser
 * a picture of its own for every row.
 * @param columns changes when the columns do
 */
export function useIsWide(scroller: RefObject<HTMLElement | null>, columns: string): boolean {
  const [isWide, setIsWide] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => setIsWide(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, columns]);
  return isWide;
}
