import type { ActionRequestView, PlaybookDetail, PlaybookRunView, PlaybookSimulation } from '@castellan/api';
import { seedFinding } from '../findings/seeded-findings.js';
import { type Api, type TestHost, until } from '../host-harness.js';
import { DEFAULT_SCOPES, type Simulator } from '../simulator.js';

/** All that the seven playbooks need. */
export const SCOPES = [
  ...DEFAULT_SCOPES,
  'okta.users.manage',
  'okta.groups.manage',
  'okta.apps.manage',
  'okta.roles.manage',
  'okta.idps.manage',
  'okta.apiTokens.manage',
];

export async function simulateAndEnable(api: Api, playbook: string): Promise<PlaybookDetail> {
  await api.post<PlaybookSimulation>(`/playbooks/${playbook}/simulate`, { days: 7 });
  const enabled = await api.post<PlaybookDetail>(`/playbooks/${playbook}/enable`);
  if (enabled.status !== 200) throw new Error(`not enabled: ${JSON.stringify(enabled)}`);
  return enabled.body;
}

/** Id of a rule or check that begins it, by the title that its file's author had in mind. */
export function findingOf(detail: PlaybookDetail, title: RegExp): string {
  const found = detail.trigger.findings.find((one) => title.test(one.title));
  if (found === undefined) throw new Error(`no finding of ${detail.id} is called ${title.source}`);
  return found.id;
}

/** Opened just now. */
export async function openFinding(
  host: Pick<TestHost, 'query'>,
  integrationId: string,
  finding: { readonly rule: string; readonly kind: string; readonly key: string; readonly evidence?: object },
): Promise<string> {
  const [row] = await host.query(`SELECT workspace_id FROM integrations WHERE id = '${integrationId}'`);
  const place = { workspaceId: String(row?.['workspace_id']), integrationId };
  return seedFinding(host, place, { severity: 4, openedAt: new Date(Date.now() + 1_000).toISOString(), ...finding });
}

export async function runOf(api: Api, findingId: string, playbook?: string): Promise<PlaybookRunView | undefined> {
  const path = `/playbook-runs?finding=${findingId}${playbook === undefined ? '' : `&playbook=${playbook}`}`;
  return (await api.get<{ readonly items: readonly PlaybookRunView[] }>(path)).body.items[0];
}

/** The run that a finding has begun, as soon as it is as wanted. */
export async function untilRun(
  api: Api,
  findingId: string,
  isSo: (run: PlaybookRunView) => boolean,
  ms = 60_000,
): Promise<PlaybookRunView> {
  let run: PlaybookRunView | undefined;
  try {
    await until(async () => {
      run = await runOf(api, findingId);
      return run !== undefined && isSo(run);
    }, ms);
  } catch (cause) {
    throw new Error(`the run is ${JSON.stringify(run, null, 1)}`, { cause });
  }
  if (run === undefined) throw new Error('there is no run');
  return run;
}

export const isWaitingFor = (what: PlaybookRunView['waitsFor']) => (run: PlaybookRunView) => run.waitsFor === what;
/** And waits there: until the host has given it back it only says where it is. */
export const isAt = (step: string) => (run: PlaybookRunView) => run.step === step && run.waitsFor !== null;
export const isOver = (run: PlaybookRunView): boolean => run.endedAt !== null;

/** Of each step, what has become of it: `end-sessions done`. */
export const statesOf = ({ log }: PlaybookRunView): readonly string[] => log.map(({ step, state }) => `${step} ${state}`);

export const requestsOf = async (api: Api, findingId: string): Promise<readonly ActionRequestView[]> =>
  (await api.get<{ readonly items: readonly ActionRequestView[] }>(`/actions?finding=${findingId}`)).body.items;

/** Agrees to all that waits because of a finding. */
export async function agreeToAll(api: Api, findingId: string): Promise<number> {
  const open = (await requestsOf(api, findingId)).filter(({ state }) => state === 'proposed');
  for (const { id } of open) {
    const agreed = await api.post(`/actions/${id}/approve`);
    if (agreed.status !== 200) throw new Error(`not approved: ${JSON.stringify(agreed)}`);
  }
  return open.length;
}

/** How often the provider's log says that something was done to an account. */
export const eventsOf = ({ org }: Simulator, type: string, account: string): number =>
  Array.from({ length: org.log.length }, (_, n) => JSON.stringify(org.log.eventAt(n))).filter(
    (event) => event.includes(`"${type}"`) && event.includes(account),
  ).length;
