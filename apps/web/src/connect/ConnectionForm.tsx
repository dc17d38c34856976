import type { ConnectorDetail } from '@castellan/api';
import { Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { FormEvent, ReactNode } from 'react';
import type { FormContext } from '../form/form-context.js';
import type { FormField } from '../form/form-schema.js';
import { SettingsForm } from '../form/SettingsForm.js';
import { Failed } from '../states/Failed.js';
import styles from './connect.module.css';
import type { Connection } from './connection.js';
import { WIDE } from './ConnectionModal.js';
import { ConnectionReport } from './ConnectionReport.js';
import { FieldFold } from './FieldFold.js';
import { verdictOf } from './findings.js';
import { FormFooter } from './FormFooter.js';
import { Guide } from './Guide.js';
import { KeyPairMaker } from './KeyPairMaker.js';
import { Overview } from './Overview.js';
import type { Trial } from './trial.js';

export interface ConnectionFormProps {
  readonly connector: ConnectorDetail;
  readonly connection: Connection;
  readonly trial: Trial;
  /** What the button says that stores it: `Create`. */
  readonly label: string;
  readonly isSending: boolean;
  /** What was said against it that belongs to no field and no check. */
  readonly problem: ReactNode;
  /** Not where stored secrets stand in for what is not typed: they are tried when the settings are stored. */
  readonly canTest: boolean;
  /** Fields that are no settings, or what must be known first. */
  readonly above?: ReactNode;
  /** @param acceptIncomplete somebody has seen what will be missing */
  readonly send: (acceptIncomplete: boolean) => void;
  readonly onCancel: () => void;
}

/** The settings of a connection with what to do for each, a test, and a button that stores them. */
export function ConnectionForm(props: ConnectionFormProps) {
  const { connector, connection, trial, above, problem, send } = props;
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  const { findings, isStale } = trial;
  const isPartial = findings !== undefined && !isStale && verdictOf(findings.checks) === 'some';
  const form: FormContext = { ...connection.form, below: (key) => <Below {...{ connector, connection, isWide, at: key }} /> };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (connection.check()) send(isPartial);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className={styles['columns']}>
        <div className={styles['fields']}>
          <Stack gap="md">
            {!isWide && (
              <details className={styles['fold']}>
                <summary>What you need</summary>
                <Overview connector={connector} fields={connection.fields} />
              </details>
            )}
            {above}
            <SettingsForm fields={connection.fields} form={form} />
            <ConnectionReport connector={connector} connection={connection} trial={trial} />
            {trial.error !== undefined && <Failed error={trial.error} />}
            {problem}
          </Stack>
        </div>
        {isWide && <Guide connector={connector} connection={connection} />}
      </div>
      <FormFooter {...props} isPartial={isPartial} />
    </form>
  );
}

interface BelowProps {
  readonly connector: ConnectorDetail;
  readonly connection: Connection;
  readonly isWide: boolean;
  readonly at: string;
}

function Below({ connector, connection: { fields, form, made, keep }, isWide, at }: BelowProps) {
  const field = fieldAt(fields, at);
  if (field === undefined) return null;
  return (
    <>
      {!isWide && <FieldFold field={field} values={form.values} />}
      {connector.makesKeys && isForKey(field) && (
        <KeyPairMaker connector={connector} pair={made.get(at)} onMade={(pair) => keep(at, pair)} />
      )}
    </>
  );
}

/** The field that takes `KeyPair.privateKey` has its name, and room for it. */
function isForKey({ widget, path }: FormField): boolean {
  return widget === 'multiline-secret' && /(^|\.)privateKey$/.test(path);
}

function fieldAt(fields: readonly FormField[], key: string): FormField | undefined {
  for (const field of fields) {
    if (field.key === key) return field;
    const inner =
      field.widget === 'variant'
        ? fieldAt(
            field.variants.flatMap((variant) => variant.fields),
            key,
          )
        : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
