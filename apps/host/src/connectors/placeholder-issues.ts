import { chosenSecrets, type ConfigClass, type FieldIssue } from '@castellan/form-schema';

/** What programs and people write where they mean "the one that you have". */
const PLACEHOLDER =
  /^([*\u2022\u25CF\u00B7.\u2026]+|[[<(]?(keep|unchanged|redacted|hidden|masked|placeholder|is ?set)[\])>]?)$/i;

/**
 * Secrets that are none: the shown form of a stored secret, or a mark for it, sent back. Nobody may believe that such a thing
 * was understood; taken for the secret itself it would be stored, or stand for the real one wherever it is sent.
 */
export function placeholderIssues(type: ConfigClass, config: unknown): readonly FieldIssue[] {
  return chosenSecrets(type, config)
    .filter(({ value }) => isPlaceholder(value))
    .map(({ path }) => ({
      field: path,
      message: 'Is a placeholder and no secret. Enter the secret again, or leave the field out to keep the stored one.',
    }));
}

function isPlaceholder(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || (typeof value === 'string' && PLACEHOLDER.test(value.trim()));
}
