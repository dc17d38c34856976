import { randomUUID } from 'node:crypto';
import {
  type ActionGrants,
  type ActionInfo,
  type ActionStep,
  type ComparablePlan,
  ConfigError,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  type JsonObject,
} from '@castellan/connector-sdk';
import { fieldsOf } from '@castellan/form-schema';
import { connectorOf } from '../connectors.js';
import { EXIT, type ExitCode, UsageError } from '../exit-code.js';
import type { Output } from '../output.js';
import { openSession, type SessionOptions } from '../session.js';
import { actionList, planText, stepsText } from './plan-text.js';

export interface ActOptions extends SessionOptions {
  /** `name=value`, one for each field of the action. */
  readonly input?: readonly (readonly [name: string, value: string])[];
  /** The fingerprint of the plan that is to be carried out; none: it is only shown. */
  readonly agreed?: string;
}

/** How somebody would type it again. */
interface Typed {
  readonly connector: string;
  readonly config: string;
}

/**
 * `castellan act ID [ACTION] --config F [--input name=value ...] [--agreed FINGERPRINT]`: what can be done, what one action would do, and
 * with the fingerprint of that plan it is done and looked at again.
 */
export async function act(
  id: string,
  name: string | undefined,
  options: ActOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const connector = await connectorOf(id);
  const session = await openSession(connector, options, output, signal);
  try {
    const offered = connector.actionsOf(session.context.config);
    if (name === undefined) return await listed(connector, offered, session.context, output);
    const action = requireKnown(connector, name);
    const isOffered = offered.includes(action);
    if (!isOffered && options.agreed !== undefined) throw new UsageError(notOffered(name));
    const wish = { action: name, input: inputFor(action, options.input ?? []) };
    const typed = { connector: id, config: options.config };
    return await (options.agreed === undefined
      ? shown(connector, session.context, { ...wish, info: action, isOffered }, typed, output)
      : done(connector, session.context, { ...wish, expected: options.agreed }, typed, output));
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(sentenceOf(error), error.view());
    throw error;
  } finally {
    await session.close();
  }
}

const sentenceOf = ({ field, message }: ConfigError): string => (field === undefined ? message : `${field}: ${message}`);

async function listed(
  connector: Connector,
  offered: readonly ActionInfo[],
  context: ConnectorContext<object>,
  output: Output,
): Promise<ExitCode> {
  const { actions } = connector;
  const grants = offered.length === 0 ? null : await grantsOf(connector, context, output);
  const known = offered.map((action) => ({
    action,
    notGranted: action.requires.filter((one) => grants?.missing.includes(one)),
  }));
  await output.json({
    actions: known.map(({ action: { input: _input, ...action }, notGranted }) => ({ ...action, notGranted })),
  });
  for (const line of actionList(known, grants, output.width)) output.say(line);
  if (offered.length === 0)
    output.say(actions.length === 0 ? 'This connector only reads.' : 'With these settings nothing may be changed.');
  return EXIT.ok;
}

/** What can be done is listed also where nobody answers. */
async function grantsOf(connector: Connector, context: ConnectorContext<object>, output: Output): Promise<ActionGrants | null> {
  try {
    return (await connector.actionGrants?.(context)) ?? null;
  } catch (error) {
    if (!ConnectorError.is(error) || error.kind === 'aborted') throw error;
    output.say(`What is granted could not be seen: ${error.message}`);
    return null;
  }
}

const notOffered = (name: string): string => `With these settings ${name} is not offered: switch actions on in the file.`;

function requireKnown({ actions }: Connector, name: string): ActionInfo {
  const found = actions.find((action) => action.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`There is no action ${name}. There are: ${actions.map((action) => action.name).join(', ') || 'none'}.`);
}

/** What is typed is text; what a field asks for may be a number. What is none the action refuses by its name. */
function inputFor({ input }: ActionInfo, typed: readonly (readonly [name: string, value: string])[]): JsonObject {
  const numbers = new Set(fieldsOf(input).flatMap(({ key, widget }) => (widget === 'number' ? [key] : [])));
  const isNumber = ([name, value]: (typeof typed)[number]): boolean => numbers.has(name) && /^-?\d+(\.\d+)?$/.test(value);
  return Object.fromEntries(typed.map((pair) => [pair[0], isNumber(pair) ? Number(pair[1]) : pair[1]]));
}

interface Wish {
  readonly action: string;
  readonly input: JsonObject;
}

async function shown(
  connector: Connector,
  context: ConnectorContext<object>,
  { info, isOffered, ...wish }: Wish & { readonly info: ActionInfo; readonly isOffered: boolean },
  typed: Typed,
  output: Output,
): Promise<ExitCode> {
  const plan = await connector.planAction({ ...context, ...wish });
  await output.json({ ...wish, plan, byHand: info.byHand });
  for (const line of planText(plan, output.width)) output.say(line);
  if (plan.state === 'done') return EXIT.ok;
  if (isOffered && plan.lacks === undefined) output.say(`Nothing was sent. To do it: ${commandFor(typed, wish, plan)}`);
  else {
    output.say(`It cannot be done from here. ${plan.lacks?.message ?? notOffered(wish.action)}`);
    for (const line of stepsText(info.byHand, output.width)) output.say(line);
  }
  return EXIT.ok;
}

async function done(
  connector: Connector,
  context: ConnectorContext<object>,
  wish: Wish & { readonly expected: string },
  typed: Typed,
  output: Output,
): Promise<ExitCode> {
  const { action, input, expected } = wish;
  const since = context.now().toISOString();
  const before = await connector.planAction({ ...context, action, input });
  const outcome = await connector.act({ ...context, action, input, expected, idempotencyKey: randomUUID() });
  if (outcome.outdated !== undefined) {
    await output.json({ action, input, outdated: outcome.outdated });
    for (const line of planText(outcome.outdated, output.width)) output.say(line);
    output.say(
      `Nothing was sent: it is not as it was when that plan was made. To do this now: ${commandFor(typed, wish, outcome.outdated)}`,
    );
    return EXIT.failed;
  }
  // Said at once: whatever comes of the look, it was done.
  output.say(`${outcome.changed ? 'Done' : 'It was so already'}: ${outcome.message}`);
  const after = await connector.planAction({ ...context, action, input, since }).catch((error: unknown) => {
    output.say(`It could not be looked at again: ${error instanceof Error ? error.message : String(error)}`);
  });
  // What takes it back may have an id that only comes to be with it.
  const undo = outcome.changed ? (before.undo ?? after?.undo ?? null) : null;
  await output.json({ action, input, ...outcome, state: after?.state ?? 'unseen', undo });
  if (undo !== null) output.say(`To take it back, look at: ${commandFor(typed, undo)}`);
  if (after?.state === 'open') {
    output.say('Looked at again it is not so. Look at the provider.');
    return EXIT.failed;
  }
  if (after?.state === 'unseen') output.say('The provider does not show whether it is so; its log may, a little later.');
  return EXIT.ok;
}

/** What would have to be typed. @param plan left out: to be looked at first */
function commandFor({ connector, config }: Typed, { action, input }: ActionStep, plan?: ComparablePlan): string {
  const fields = Object.entries(input).map(([name, value]) => ` --input ${quoted(`${name}=${String(value)}`)}`);
  const agreed = plan === undefined ? '' : ` --agreed ${plan.fingerprint}`;
  return `castellan act ${connector} ${action} --config ${quoted(config)}${fields.join('')}${agreed}`;
}

/** For a shell. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
