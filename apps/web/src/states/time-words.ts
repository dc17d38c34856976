const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** British, because the American short form writes `4 min. ago`. */
const LANGUAGE = 'en-GB';
const RELATIVE = new Intl.RelativeTimeFormat(LANGUAGE, { style: 'short' });
const DATE = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium' });
const SHORT_DATE = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short' });
const EXACT = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'medium', timeStyle: 'long' });
const TIME = new Intl.DateTimeFormat(LANGUAGE, { timeStyle: 'short' });
const DAY_AND_TIME = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The clock that is compared with stands still for some seconds between two looks: what has just happened lies ahead of it. */
const LAG = 15;

/** `4 min ago`, `in 2 hr`; a date where it is further away than a month. Times are milliseconds since 1970. */
export function agoWords(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1_000);
  const distance = Math.abs(seconds);
  if (distance < 45) return seconds <= LAG ? 'just now' : 'in a moment';
  const [minutes, hours, days] = [wholes(seconds, MINUTE), wholes(seconds, HOUR), wholes(seconds, DAY)];
  if (Math.abs(minutes) < 60) return RELATIVE.format(minutes, 'minute');
  if (Math.abs(hours) < 24) return RELATIVE.format(hours, 'hour');
  return Math.abs(days) < 30 ? RELATIVE.format(days, 'day') : DATE.format(at);
}

/** The same of what comes next: `in a moment`, `in 2 hr`; of what should have come by now, `due 4 min ago`. */
export function aheadWords(at: number, now: number): string {
  if (Math.abs(at - now) < 45_000) return 'in a moment';
  return at < now ? `due ${agoWords(at, now)}` : agoWords(at, now);
}

/** Never more than have passed, and never none. What lies ahead is rounded: seven days less a second are seven. */
function wholes(seconds: number, unit: number): number {
  const count = seconds / unit;
  return (seconds < 0 ? Math.trunc(count) : Math.round(count)) || Math.sign(seconds);
}

/** `3 Nov 2026`: where it must not be taken for another year. */
export function dateWords(at: number): string {
  return DATE.format(at);
}

/** The last day before an instant: what ends "with the 15th" ends in the first instant of the 16th. */
export function lastDayWords(end: number): string {
  return DATE.format(end - 1);
}

/** `3 Nov` of this year, else with the year: for a column of them. */
export function dayWords(at: number, now: number): string {
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? SHORT_DATE.format(at) : DATE.format(at);
}

/** To the second, with the time zone. */
export function exactTime(at: number): string {
  return EXACT.format(at);
}

/** `09:12` of today, else with the day: for a sentence. */
export function clockTime(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? TIME.format(at) : DAY_AND_TIME.format(at);
}

/** `40 s`, `3 min`, `2 hr 10 min`: how long something takes. */
export function spanWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < MINUTE) return `${whole} s`;
  if (whole < 10 * MINUTE && whole % MINUTE !== 0) return `${Math.floor(whole / MINUTE)} min ${whole % MINUTE} s`;
  const minutes = Math.round(whole / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} hr${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
  return `${Math.round(minutes / 1_440)} days`;
}
