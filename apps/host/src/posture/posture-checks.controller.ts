import type { CheckDetail, CheckView, FieldProblem } from '@castellan/api';
import {
  type Check,
  checkDetail,
  checkViews,
  problemsOf,
  readSettings,
  saveSettings,
  type SettingChange,
  settingsOf,
  valuesOf,
} from '@castellan/posture';
import type { Storage } from '@castellan/storage';
import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { invalidRequest } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { CHECK_ANSWER, CHECK_SETTINGS_BODY, CHECKS_ANSWER } from './check-examples.js';
import { readSettingChange } from './check-settings-input.js';
import { CheckSettingsBody, ChecksQuery, PostureQuery } from './posture-query.js';
import { PostureQuestions } from './posture-questions.js';

/** The checks, what they say, and what the workspace has set of them. */
@Controller('posture/checks')
export class PostureChecksController {
  readonly #storage: Storage;
  readonly #questions: PostureQuestions;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(PostureQuestions) questions: PostureQuestions,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#questions = questions;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({
    access: 'findings:read',
    summary: 'List the checks, with what each says of each integration',
    description:
      'All of them, in an order in which one would work through them. A check whose data is missing, forbidden or stale is `unknown`, and `reasons` say why and what to do; it is never said to have passed. `severity` narrows by that of its worst open finding (`worst`), or its own where it has none.',
    answer: CHECKS_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async list(
    @Asking() caller: Caller,
    @Query(new InputPipe(ChecksQuery)) { integration, area, status, severity }: ChecksQuery,
  ): Promise<{ readonly items: readonly CheckView[] }> {
    const views = await checkViews(this.#storage.queries, await this.#questions.of(caller, integration));
    const items = views.filter(
      (view) =>
        (area === undefined || view.area === area) &&
        (severity === undefined || (view.worst ?? view.severity) === severity) &&
        (status === undefined || (view.enabled ? (view.status ?? 'none') : 'off') === status),
    );
    return { items };
  }

  @Get(':check')
  @Endpoint({
    access: 'findings:read',
    summary: 'See one check: why it matters, how to mend it, what it needs, what can be set',
    description: 'The subjects that it names are its findings: `GET /api/findings?rule=`.',
    answer: CHECK_ANSWER,
    problems: ['not-found', 'took-too-long'],
  })
  async detail(
    @Asking() caller: Caller,
    @Param('check') id: string,
    @Query(new InputPipe(PostureQuery)) { integration }: PostureQuery,
  ): Promise<CheckDetail> {
    const check = this.#questions.check(id);
    return this.#detail(caller, check, integration);
  }

  @Put(':check/settings')
  @Endpoint({
    access: 'posture:manage',
    summary: 'Switch a check off or on, and set its limits',
    description:
      'For all integrations of the workspace. What is left out of `parameters` is as it is by default. The findings of a check that is off are resolved; the next look, within seconds, goes by the new settings.',
    body: CHECK_SETTINGS_BODY,
    answer: CHECK_ANSWER,
    problems: ['not-found'],
  })
  async set(
    @Asking() caller: Caller,
    @Param('check') id: string,
    @Body(new InputPipe(CheckSettingsBody)) body: CheckSettingsBody,
  ): Promise<CheckDetail> {
    const check = this.#questions.check(id);
    const change = readSettingChange(body);
    const errors = problemsOf(check, change.parameters).map(
      ({ parameter, message }): FieldProblem => ({ field: `parameters.${parameter}`, message: sentence(message) }),
    );
    if (errors.length > 0) throw invalidRequest(errors);
    const { kind, id: actorId, name, workspaceId } = caller;
    await this.#trail.record(caller, 'check.settings', async (notes) => {
      notes.target = { kind: 'check', id: check.id, name: check.title };
      notes.before = await this.#settings(workspaceId, check);
      await saveSettings(this.#storage.queries, workspaceId, check, change, { kind, id: actorId, name });
      notes.after = await this.#settings(workspaceId, check);
    });
    return this.#detail(caller, check);
  }

  async #detail(caller: Caller, check: Check, integration?: string): Promise<CheckDetail> {
    return checkDetail(this.#storage.queries, await this.#questions.of(caller, integration), check);
  }

  /** For the audit log. */
  async #settings(workspaceId: string, check: Check): Promise<SettingChange> {
    const settings = settingsOf(await readSettings(this.#storage.queries, workspaceId), check);
    const { enabled, reason } = settings;
    return { enabled, reason, parameters: valuesOf(check, settings) };
  }
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
