const FORM = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** A duration of ISO 8601 in minutes, `PT0S` is 0; `null` when it is none. Years and months, which have no fixed length, are none. */
export function minutesOf(text: string): number | null {
  const match = FORM.exec(text);
  if (match === null || /^P$|T$/.test(text)) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const all = ((weeks * 7 + days) * 24 + hours) * 60 + minutes + seconds / 60;
  return Number.isFinite(all) ? all : null;
}
