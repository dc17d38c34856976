import { type FieldIssue, validateConfig } from '@castellan/form-schema';
import type { ActionOutcome, AnyAction } from './action.js';
import type { ActionContext } from './connector.js';
import { AbortedError, ConfigError, ConnectorError, InternalError } from './errors.js';

/** One action, held to the contract: input that its class has not accepted never reaches the provider. */
export async function runAction<C extends object, Client>(
  actions: readonly AnyAction<Client>[],
  connect: () => Client | Promise<Client>,
  context: ActionContext<C>,
): Promise<ActionOutcome> {
  const { signal, logger, idempotencyKey } = context;
  const action = actions.find(({ name }) => name === context.action);
  if (action === undefined) throw new InternalError({ message: `There is no action ${context.action}.` });
  const validated = await validateConfig(action.input, context.input);
  if (!validated.ok) throw inputError(validated.issues);
  try {
    signal.throwIfAborted();
    return await action.run({ client: await connect(), input: validated.config, idempotencyKey, signal, logger });
  } catch (error) {
    throw signal.aborted ? AbortedError.of(signal) : ConnectorError.from(error);
  }
}

function inputError(issues: readonly FieldIssue[]): ConfigError {
  const [first = { field: '', message: 'The input is not valid.' }] = issues;
  const all = issues.map(({ field, message }) => `${field}: ${message}`).join(' ');
  return new ConfigError({ field: first.field, message: first.message, detail: all });
}
