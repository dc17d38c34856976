import { type ConfigClass, type ConfigValidation, describeForm, validateConfig } from '@castellan/form-schema';
import { readRegion } from '../checks/shown-files.js';
import { readComment } from '../reference/doc-comment.js';
import { memberList, signatureHtml } from '../reference/member-list.js';
import { runExample } from './example-module.js';
import { fieldOptions } from './field-options.js';

const EXAMPLES = 'docs/examples/form-fields.ts';
const EXPORTED = runExample(EXAMPLES);

/** An example of one decorator: a class, and what was typed into its form. */
interface Example {
  readonly config: ConfigClass;
  readonly tried: readonly object[];
}

/** All that the code says of one field decorator. */
export function formField(decorator: string): string {
  const { config } = exampleOf(decorator);
  const { schema, uiSchema } = describeForm(config);
  return [
    picture(decorator),
    optionList(decorator),
    '::: code-group',
    block('ts', readRegion(EXAMPLES, decorator), 'Class'),
    block('json', json(schema['properties']), 'JSON Schema'),
    block('json', json(uiSchema), 'uiSchema'),
    ':::',
    TRIED.get(decorator) ?? '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function exampleOf(decorator: string): Example {
  const config = EXPORTED[`${decorator}Example`];
  const tried = EXPORTED[`${decorator}Tried`];
  if (typeof config !== 'function' || !Array.isArray(tried)) throw new Error(`${EXAMPLES} has no example of ${decorator}.`);
  // Exported by a class with field decorators: what it is made of is looked at by describeForm.
  return { config: config as ConfigClass, tried };
}

/** A picture of the rendered field in the size in which a form shows it: it has two pixels for each. */
function picture(decorator: string): string {
  return `![${decorator} in a form](fields/${decorator}.png){width=440}`;
}

function optionList(decorator: string): string {
  return memberList(
    fieldOptions(decorator).map(({ name, signature, comment }) => ({
      code: signatureHtml(name, signature),
      meaning: readComment(comment, () => undefined).summary,
    })),
  );
}

/** What becomes of each input that an example names. Judged when the module is loaded: a page is put together without waiting. */
const TRIED: ReadonlyMap<string, string> = new Map(
  await Promise.all(
    Object.keys(EXPORTED)
      .filter((name) => name.endsWith('Tried'))
      .map(async (name): Promise<[string, string]> => {
        const decorator = name.slice(0, -'Tried'.length);
        const { config, tried } = exampleOf(decorator);
        const rows = await Promise.all(
          tried.map(async (input) => `| \`${JSON.stringify(input)}\` | ${outcome(await validateConfig(config, input))} |`),
        );
        return [decorator, ['| entered | becomes |', '| --- | --- |', ...rows].join('\n')];
      }),
  ),
);

function outcome(result: ConfigValidation<object>): string {
  if (!result.ok) return result.issues.map(({ field, message }) => `refused, \`${field}\`: ${message}`).join('<br>');
  const hints = result.hints.map(({ message }) => `<br>with the hint: ${message}`);
  return `\`${JSON.stringify(result.config)}\`${hints.join('')}`;
}

function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function block(language: string, text: string, title: string): string {
  return `\`\`\`${language} [${title}]\n${text}\n\`\`\``;
}
