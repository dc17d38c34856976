import type { PlaybookFinding, PlaybookSimulation, SimulatedIntegration, SimulatedRun, SimulatedStep } from '@castellan/api';
import type { JsonObject } from '@castellan/connector-sdk';
import { type ActionStep, conditionWords, type Playbook, type Step, SUBJECT, unmet } from '@castellan/playbooks';
import { type CandidateCount, type Integration, severityWord, type Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { PlaybookBook } from './playbook-book.js';
import { type Matched, PlaybookStarts } from './playbook-starts.js';
import { namedRecords, type RunSubject, stepRecords } from './step-records.js';
import { type Offer, wantedAction } from './wanted-action.js';
import { type WouldBegin, wouldBegin } from './would-begin.js';

/** So many are gone through, and shown. */
const MOST_RUNS = 50;
const MOST_INPUTS = 20;

interface Place {
  readonly workspaceId: string;
  readonly playbook: Playbook;
  readonly integration: Integration;
  /** `undefined`: its connector is not there. */
  readonly offer: Offer | undefined;
  readonly findings: readonly PlaybookFinding[];
}

interface OfferingPlace extends Place {
  readonly offer: Offer;
}

/** What a playbook would have done, by what is stored: no provider is asked, and nothing is written. */
@Injectable()
export class Simulation {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(PlaybookBook) private readonly book: PlaybookBook,
    @Inject(PlaybookStarts) private readonly starts: PlaybookStarts,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
  ) {}

  async run(workspaceId: string, playbook: Playbook, days: number): Promise<PlaybookSimulation> {
    const query = await this.starts.queryOf(workspaceId, playbook);
    const { playbookCandidates, integrations } = this.storage;
    const counts = await playbookCandidates.counts(workspaceId, query, days);
    const history = await playbookCandidates.history(workspaceId, query, days);
    const would = wouldBegin(await this.starts.matched(workspaceId, playbook, history), playbook);
    const shown = would.begun.slice(0, MOST_RUNS);
    const findings = await this.book.findingsOf(workspaceId, playbook);
    const each: SimulatedIntegration[] = [];
    for (const integration of (await integrations.list(workspaceId)).integrations) {
      const place = { workspaceId, playbook, integration, offer: this.#offer(integration), findings };
      const count = counts.find(({ integrationId }) => integrationId === integration.id);
      each.push(await this.#integration(place, count, would, shown));
    }
    return {
      playbook: playbook.id,
      version: playbook.version,
      days,
      simulatedAt: new Date().toISOString(),
      lookedAt: history.length,
      isWhole: history.length >= counts.reduce((sum, { openings }) => sum + openings, 0),
      mostADay: playbook.trigger.mostADay,
      integrations: each,
    };
  }

  async #integration(
    place: Place,
    counted: CandidateCount | undefined,
    would: WouldBegin,
    shown: readonly Matched[],
  ): Promise<SimulatedIntegration> {
    const { integration, offer } = place;
    const own = (some: readonly Matched[]) => some.filter(({ candidate }) => candidate.integrationId === integration.id);
    const runs: SimulatedRun[] = [];
    if (offer !== undefined) for (const one of own(shown)) runs.push(await this.#run({ ...place, offer }, one));
    const steps = runs.flatMap((run) => run.steps).filter(({ kind }) => kind === 'action');
    return {
      integration: { id: integration.id, name: integration.name },
      isAvailable: offer !== undefined,
      offersActions: offer !== undefined && offer.offered.length > 0,
      count: own(would.begun).length,
      findings: counted?.findings ?? 0,
      late: counted?.late ?? 0,
      excepted: counted?.excepted ?? 0,
      openings: counted?.openings ?? 0,
      overLimit: own(would.overLimit).length,
      behind: own(would.behind).length,
      approvals: steps.reduce((sum, { agreements }) => sum + agreements, 0),
      byHand: steps.reduce((sum, { byHand }) => sum + byHand, 0),
      runs,
    };
  }

  async #run(place: OfferingPlace, { candidate, subject }: Matched): Promise<SimulatedRun> {
    const { findingId, incidentId, rule, severity, at, subjectKind, subjectKey, label } = candidate;
    const about: RunSubject = {
      workspaceId: place.workspaceId,
      integrationId: candidate.integrationId,
      findingId,
      subject: { kind: subjectKind, key: subjectKey, name: subject.name ?? label ?? subjectKey },
    };
    const steps: SimulatedStep[] = [];
    for (const step of place.playbook.steps) steps.push(await this.#step(place, about, step, subject.facts));
    const title = place.findings.find(({ id }) => id === rule)?.title ?? rule;
    return {
      findingId,
      incidentId,
      rule: { id: rule, title },
      severity: severityWord(severity),
      openedAt: at.toISOString(),
      subject: about.subject,
      steps,
    };
  }

  async #step(place: OfferingPlace, about: RunSubject, step: Step, facts: Matched['subject']['facts']): Promise<SimulatedStep> {
    const missing = unmet(step.when, facts);
    if (missing !== undefined) {
      const [wanted] = conditionWords({ [missing]: step.when[missing] ?? [] });
      return simulated(step, 'skipped', { because: `This is not so: ${wanted}` });
    }
    switch (step.kind) {
      case 'action':
        return this.#action(place, about, step);
      case 'notify': {
        const listed = step.list === null ? 0 : (await namedRecords(this.storage.queries, about, step.list)).length;
        return simulated(step, 'done', { because: step.says, count: listed });
      }
      case 'approval':
        return simulated(step, 'person', { because: step.asks });
      case 'wait':
        return simulated(step, 'done', { because: 'What comes after it is shown whichever way it goes.' });
    }
  }

  async #action({ offer }: OfferingPlace, about: RunSubject, step: ActionStep): Promise<SimulatedStep> {
    const records = await stepRecords(this.storage, about, step);
    if (records.length === 0) return simulated(step, 'skipped', { because: 'There is nothing to do it to.' });
    const wanted = records.map((record) => ({ record, is: wantedAction(offer, step.action, record) }));
    const inputs = wanted
      .slice(0, MOST_INPUTS)
      .map(({ record: { kind, key, name }, is }) => ({ record: { kind, key, name }, input: is.input }));
    const more = { inputs, count: records.length };
    if (records.length > step.most && step.on !== SUBJECT)
      return simulated(step, 'stopped', {
        ...more,
        byHand: 1,
        because: `There are ${records.length}, and this step touches ${step.most} at most.`,
      });
    const byHand = wanted.flatMap(({ is }) => ('byHand' in is ? [is.byHand] : []));
    const agreements = wanted.filter(({ is }) => 'action' in is && is.action.effect === 'destructive').length;
    const [first] = byHand;
    if (first !== undefined) return simulated(step, 'person', { ...more, agreements, byHand: byHand.length, because: first });
    if (agreements > 0) return simulated(step, 'person', { ...more, agreements, because: 'A person has to agree to it.' });
    return simulated(step, 'done', more);
  }

  #offer({ config, ...integration }: Integration): Offer | undefined {
    try {
      const connector = this.desk.connectorOf(integration);
      return { offered: connector.actionsOf(config), known: connector.actions };
    } catch (cause) {
      // It is not there: one that is missing says nothing of the others.
      if (cause instanceof Problem) return undefined;
      throw cause;
    }
  }
}

interface More {
  readonly because?: string;
  readonly inputs?: readonly { readonly record: SimulatedRun['subject']; readonly input: JsonObject }[];
  readonly count?: number;
  readonly agreements?: number;
  readonly byHand?: number;
}

function simulated({ id, kind, title }: Step, would: SimulatedStep['would'], more: More = {}): SimulatedStep {
  const { because = null, inputs = [], count = 0, agreements = 0, byHand = 0 } = more;
  return { step: id, kind, title, would, because, inputs, count, agreements, byHand };
}
