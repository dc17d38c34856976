import { type ConfigClass, type Connector, RECORD_KINDS } from '@castellan/connector-sdk';
import { describeForm, type Field, fieldsOf, isSecretField } from '@castellan/form-schema';
import type { Check } from '../suite/check.js';
import { hold } from '../suite/verdict.js';

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Names that hold secrets in every system that we know. */
const SECRET_LIKE = /(token|secret|password|passphrase|privatekey|apikey|credential)$/i;

/** What an input calls the key of a record (`apiToken`): a name of the host's, and no secret, whatever it sounds like. */
const KEYS: ReadonlySet<string> = new Set(
  RECORD_KINDS.map((kind) => kind.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())),
);
const NONE: ReadonlySet<string> = new Set();

export const form: Check = {
  title: 'the form is complete: labels, secrets that are secret, names that stay',
  run: async ({ connector }) => {
    hold(KEBAB.test(connector.id), `The id "${connector.id}" is not in kebab-case, e.g. "example-directory".`);
    hold(connector.displayName.trim() !== '', 'displayName is empty.');
    hold(connector.streams.length > 0, 'The connector has no stream.');
    judgeStreams(connector);
    judgeActions(connector);
    judgeForm(connector.config, 'the settings');
    for (const action of connector.actions) judgeForm(action.input, `the input of action ${action.name}`, KEYS);
  },
};

function judgeStreams({ streams }: Connector): void {
  for (const { name, kind, requires } of streams) {
    hold(KEBAB.test(name), `The stream "${name}" is not in kebab-case, e.g. "app-assignments".`);
    hold(RECORD_KINDS.includes(kind), `Stream ${name} is of kind "${kind}", which is not in the vocabulary.`);
    hold(
      requires.length > 0,
      `Stream ${name} names no permission in "requires": the guide and the errors could not say what it needs.`,
    );
  }
}

function judgeActions({ actions }: Connector): void {
  for (const { name, title, summary, requires, byHand } of actions) {
    hold(KEBAB.test(name), `The action "${name}" is not in kebab-case, e.g. "deactivate-account".`);
    hold(title.trim() !== '' && summary.trim() !== '', `Action ${name} has no title or no summary.`);
    hold(requires.length > 0, `Action ${name} names no permission in "requires".`);
    judgeByHand(name, byHand);
  }
}

/** Whoever reads it works in a console beside it, a step after the other. */
function judgeByHand(name: string, steps: readonly string[]): void {
  hold(steps.length > 0, `Action ${name} does not say in "byHand" what a person does in the provider's own console.`);
  const [odd] = steps.filter((step) => step !== step.trim() || !/[.:!?]$/.test(step) || step.includes('\n'));
  hold(odd === undefined, `A step of action ${name} in "byHand" is no sentence: "${odd ?? ''}".`);
  const [again] = steps.filter((step, n) => steps.indexOf(step) !== n);
  hold(again === undefined, `Action ${name} has a step twice in "byHand": "${again ?? ''}".`);
}

function judgeForm(config: ConfigClass, of: string, keys = NONE): void {
  const described = describeForm(config);
  const text = JSON.stringify(described);
  hold(JSON.stringify(JSON.parse(text)) === text, `The form of ${of} does not survive JSON.`);
  judgeFields(config, of, '', keys);
}

function judgeFields(config: ConfigClass, of: string, above: string, keys: ReadonlySet<string>): void {
  for (const field of fieldsOf(config)) {
    const path = `${above}${field.key}`;
    hold(field.label.trim() !== '', `${path} in ${of} has no label.`);
    hold(
      !looksSecret(field) || isSecretField(field) || keys.has(path),
      `${path} in ${of} looks like a secret and is no SecretField: it would be stored and shown in the clear.`,
    );
    if (field.widget === 'variant') for (const variant of field.variants) judgeFields(variant.config, of, `${path}.`, NONE);
  }
}

function looksSecret({ key, widget }: Field): boolean {
  return widget === 'text' && SECRET_LIKE.test(key.replaceAll(/[-_]/g, ''));
}
