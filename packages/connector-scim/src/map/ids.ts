/** Cannot be written in a path: control characters and halves of a character. Everything else is percent-encoded there. */
const NOT_IN_A_PATH = /[\p{Cc}\p{Cs}]/u;

/** An id becomes a part of a path and of keys. Dots alone lead elsewhere even percent-encoded (WHATWG URL, "double-dot segment"). */
export function isUsableId(id: string): boolean {
  return id !== '' && id !== '.' && id !== '..' && !NOT_IN_A_PATH.test(id);
}

/** Why a resource gives no row, for the person who looks at the rejected ones. Never with a value. */
export function whyNoRow(item: unknown): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'is no resource';
  return 'has no usable id';
}

/** An id as one part of a path. */
export function segment(id: string): string {
  return encodeURIComponent(id);
}

/** The id at the end of a reference, `.../Groups/2819c223`. */
export function idInReference(reference: string): string | undefined {
  const last = /\/([^/?#]+)\/?(?:[?#].*)?$/.exec(reference)?.[1];
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return undefined;
  }
}
