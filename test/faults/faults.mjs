import { appendFileSync } from 'node:fs';

/** `npm run test:faults` asks for all of each scenario; `npm test` does a small part of it. */
const isWhole = process.env.CASTELLAN_FAULTS === 'all';

/** How often, or how much: `few` in `npm test`, `all` on demand. */
export function howMany(few, all) {
  return isWhole ? all : few;
}

/** What a scenario has measured, for the report: `seen('R1', '50 of 50 equal, resumed after 4.1 s at most')`. */
export function seen(row, text) {
  const file = process.env.CASTELLAN_FAULTS_SEEN;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ row, text })}\n`);
}
