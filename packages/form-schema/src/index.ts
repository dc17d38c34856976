export * from './chosen-fields.js';
export * from './config-class.js';
export {
  type Field,
  fieldsOf,
  type FieldText,
  isAddressField,
  isSecretField,
  type SelectOption,
  type Variant,
} from './field.js';
export * from './fields.js';
export type { FieldGuide, GuideText } from './guide.js';
export * from './json-schema.js';
export * from './origin.js';
export * from './secrets.js';
export * from './validate-config.js';
