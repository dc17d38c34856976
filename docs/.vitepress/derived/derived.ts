import type { MarkdownRenderer } from 'vitepress';
import { decisionList } from './decisions.js';
import { errorPolicy } from './error-policy.js';
import { formField } from './form-field.js';
import { oktaScopes } from './okta-scopes.js';
import { recordKinds } from './record-kinds.js';

/** Makes a part of a page out of the code that it tells of; the text behind the name says which part. */
type Deriving = (which: string) => string;

const PARTS: Readonly<Record<string, Deriving>> = {
  decisions: decisionList,
  'error-policy': errorPolicy,
  'form-field': formField,
  'okta-scopes': oktaScopes,
  'record-kinds': recordKinds,
};

/** `<!-- derived: error-policy -->` in a page becomes what the code says. */
export function derivedParts(md: MarkdownRenderer): void {
  md.core.ruler.before('normalize', 'derived_parts', (state) => {
    state.src = state.src.replaceAll(/^<!-- derived: (\S+) ?(.*?) *-->$/gm, (_, name: string, which: string) => {
      const derive = PARTS[name];
      if (derive === undefined) throw new Error(`There is no derived part "${name}": ${Object.keys(PARTS).join(', ')}.`);
      return derive(which);
    });
  });
}
