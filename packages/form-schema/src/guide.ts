/**
 * What somebody does at the provider to fill a field, or to take one of several ways. Everybody who may see the form reads it.
 * A page shows names between two double asterisks in bold, and everything else as it stands: there is no other markup.
 */
export interface FieldGuide {
  /** Plain sentences, in order, one thing to do in each: `Open **Settings > API clients** and choose **New client**.` */
  readonly steps: readonly string[];
  /** What must be entered at the provider as it stands, e.g. the names of permissions. Without one there is nothing to copy. */
  readonly copy?: readonly GuideText[];
  /** No addresses that can be clicked: who has given away the address of a page would be sent to a stranger's by our own form. */
  readonly link?: never;
}

/** A text that is copied from a guide. */
export interface GuideText {
  /** What it is: `Scopes to grant`. */
  readonly label: string;
  /** Goes into the clipboard as it stands, line breaks included. */
  readonly text: string;
}

/** In characters. What is longer is no sentence any more, and nobody reads it beside a form. */
const LONGEST_STEP = 400;
/** Keys, signed tokens and whole headers of those: what is written in a class by accident and would be sent to everybody. */
const SECRET = /-----BEGIN [A-Z ]*PRIVATE KEY-----|\beyJ[\w-]{10,}\.|"d"\s*:\s*"|\b(Bearer|Basic|SSWS) [\w+/=.-]{20,}/;

/**
 * @param of what the guide belongs to, for the message
 * @throws TypeError for a guide that cannot be followed, or that holds what looks like a secret; never with its text
 */
export function checkGuide(guide: FieldGuide, of: string): void {
  const { steps, copy = [] } = guide;
  if (steps.length === 0) throw new TypeError(`The guide of ${of} has no steps. Write one, or leave the guide out.`);
  for (const [index, step] of steps.entries()) {
    const at = `Step ${index + 1} of the guide of ${of}`;
    if (step.trim() === '') throw new TypeError(`${at} is empty.`);
    if (step.length > LONGEST_STEP) throw new TypeError(`${at} is longer than ${LONGEST_STEP} characters. Make two of it.`);
    if (/[\r\n]/.test(step)) throw new TypeError(`${at} has a line break. A step is one sentence or two.`);
    if (!isBalanced(step)) throw new TypeError(`${at} has a name that does not stand between two double asterisks.`);
  }
  for (const { label, text } of copy) {
    if (label.trim() === '' || text.trim() === '') throw new TypeError(`A text to copy in the guide of ${of} is empty.`);
  }
  const all = [...steps, ...copy.flatMap(({ label, text }) => [label, text])];
  if (all.some((text) => SECRET.test(text))) {
    throw new TypeError(`The guide of ${of} holds what looks like a secret. Everybody reads it: take it out.`);
  }
}

/** Between each pair of marks stands a name, without blanks at its ends. */
function isBalanced(step: string): boolean {
  const parts = step.split('**');
  return parts.length % 2 === 1 && parts.every((part, index) => index % 2 === 0 || (part !== '' && part === part.trim()));
}
