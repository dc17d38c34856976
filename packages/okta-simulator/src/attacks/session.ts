import { enrolmentParty, FACTOR_NAMES, passwordOf } from '../generator/sign-in-events.js';
import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Circumstances } from '../org/org-state.js';
import type { Org } from '../org/org.js';
import type { EventDraft, EventParty } from '../system-log/event.js';
import type { Looks } from './looks.js';
import { debugDataOf, logOnlyOf, USUAL } from './looks.js';
import type { Client } from './places.js';
import { onPhone } from './places.js';
import type { FactorMode, Stage } from './stage.js';

/** What a browser carries: whoever has copied it is the same session to Okta. */
export interface Cookies {
  readonly id: string;
  /** Undefined: a program that is no browser, and carries nothing. */
  readonly dtHash: string | undefined;
}

/** `timed out`: nobody has answered, and Okta says no more than that it has failed. */
export type PushAnswer = 'approved' | 'denied' | 'wrong number' | 'timed out';

const PUSH_ANSWERS: Readonly<Record<PushAnswer, JsonObject>> = {
  approved: { pushOnlyResponseType: 'OV_RESPONSE_APPROVE' },
  denied: { pushOnlyResponseType: 'OV_RESPONSE_DENY' },
  'wrong number': { pushWithNumberChallengeResponseType: 'OV_WITH_CHALLENGE_RESPONSE_INVALID' },
  'timed out': {},
};

/** Okta's words in `debugData`, by those of the API. */
const SIGN_ON_MODES: Readonly<Record<string, string>> = {
  SAML_2_0: 'SAML 2.0',
  SAML_1_1: 'SAML 1.1',
  WS_FEDERATION: 'WS-Federation',
  OPENID_CONNECT: 'OpenID Connect',
  BOOKMARK: 'Bookmark',
};

type Extra = Circumstances & { readonly uri?: string };

/** One person's session in one client. All that is done in it has the person as its actor. */
export class Session {
  constructor(
    readonly stage: Stage,
    readonly user: OktaObject,
    readonly client: Client,
    readonly cookies: Cookies,
  ) {}

  get party(): EventParty {
    const { org } = this.stage;
    return org.userParty(org.directory.users.get(this.user.id) ?? this.user);
  }

  /** The same session and device as far as Okta can tell, from elsewhere or by another program. */
  through(client: Partial<Client>): Session {
    return new Session(this.stage, this.user, { ...this.client, ...client }, this.cookies);
  }

  /** A program or an app on a phone, acting for the person without any cookie of theirs. */
  program(client: Partial<Client>): Session {
    const cookies = { id: this.stage.id('trs'), dtHash: undefined };
    return new Session(this.stage, this.user, { ...this.client, ...client }, cookies);
  }

  /** Changes the org in this session. @param extra `uri`: path of the request */
  does<T>(change: (org: Org) => T, { uri = '/api/v1/users', ...extra }: Extra = {}): T {
    const { stage } = this;
    const requestId = stage.id('req');
    const { dtHash } = this.cookies;
    const request = { requestId, requestUri: uri, url: `${uri}?`, threatSuspected: 'false', ...(dtHash && { dtHash }) };
    const circumstances: Circumstances = {
      at: stage.now,
      actor: this.party,
      place: this.client.place,
      agent: this.client.agent,
      sessionId: this.cookies.id,
      transactionId: requestId,
      ...extra,
      debugData: { ...request, ...extra.debugData },
    };
    const done = stage.org.under(circumstances, () => change(stage.org));
    stage.pass(0.4);
    return done;
  }

  /** An event that changes nothing of what the org keeps. */
  writes(
    eventType: string,
    displayMessage: string,
    { uri, ...draft }: Partial<EventDraft> & { readonly uri?: string } = {},
  ): void {
    this.does((org) => org.emit({ ...draft, eventType, displayMessage }), uri === undefined ? {} : { uri });
  }

  /** Password, factor (none: null), what the policy says, and the session that comes of it. */
  signsIn(factor: string | null = 'signed_nonce', looks: Looks = USUAL): void {
    this.provesPassword(looks);
    this.stage.pass(6);
    if (factor === 'push') {
      this.sendsPush(looks);
      this.stage.pass(9);
      this.answersPush('approved');
    } else if (factor !== null) {
      const enrolled = this.stage.org.factorsOf(this.user.id).find((one) => one['factorType'] === factor);
      this.#proves(enrolled ? enrolmentParty(enrolled) : passwordOf(this.party), FACTOR_NAMES[factor] ?? factor, looks);
    }
    this.evaluates(this.stage.dashboard, looks, factor === null ? '1FA' : '2FA');
    this.starts(looks);
  }

  /** The session alone: after a proof that is told otherwise. */
  starts(looks: Looks = USUAL): void {
    const debugData = debugDataOf(looks);
    this.does((org) => org.signIn(this.user.id), {
      uri: '/idp/idx/challenge/answer',
      debugData,
      riskLevel: looks.risk,
      credentialType: 'PASSWORD',
    });
  }

  provesPassword(looks: Looks = USUAL): void {
    this.#proves(passwordOf(this.party), 'PASSWORD_AS_FACTOR', looks);
  }

  #proves(enrolment: EventParty, factor: string, looks: Looks): void {
    this.writes('user.authentication.auth_via_mfa', 'Authentication of user via MFA', {
      uri: '/idp/idx/challenge/answer',
      targets: [this.party, enrolment],
      debugData: { factor, factorIntent: 'LOGIN', ...debugDataOf(looks) },
    });
  }

  /** @param mode of the rule that lets them in */
  evaluates(app: EventParty, looks: Looks = USUAL, mode: FactorMode = '2FA'): void {
    this.writes('policy.evaluate_sign_on', 'Evaluation of sign-on policy', {
      uri: '/idp/idx/challenge/answer',
      targets: [app, ...this.stage.accessPolicy(mode)],
      result: 'ALLOW',
      reason: 'Sign-on policy evaluation resulted in ALLOW',
      debugData: { ...debugDataOf(looks), logOnlySecurityData: logOnlyOf(looks) },
    });
  }

  /** A wrong password, typed or tried. @param uri `/api/v1/authn` where a program asks */
  fails(reason = 'INVALID_CREDENTIALS', looks: Looks = USUAL, uri = '/idp/idx/identify'): void {
    this.writes('user.session.start', 'User login to Okta', {
      uri,
      targets: [this.party],
      severity: 'WARN',
      result: 'FAILURE',
      reason,
      debugData: debugDataOf(looks),
    });
  }

  /** Too many wrong passwords: Okta locks the account, and really so. */
  isLocked(looks: Looks = USUAL): void {
    const outcome = { result: 'FAILURE', reason: 'LOCKED_OUT', severity: 'WARN' } as const;
    this.does((org) => org.setStatus(this.user.id, 'LOCKED_OUT'), { ...outcome, debugData: debugDataOf(looks) });
  }

  sendsPush(looks: Looks = USUAL): void {
    this.writes('system.push.send_factor_verify_push', 'Push notification sent to a device', {
      uri: '/idp/idx/challenge',
      targets: [this.party],
      debugData: { ...debugDataOf(looks), devicePlatform: 'IOS', deviceCategory: 'SmartPhone_IPhone' },
    });
  }

  /** The phone answers by a request of its own, for the session that has asked and without its cookies. */
  answersPush(answer: PushAnswer, phone: Client = onPhone(this.user)): void {
    const push = this.stage.org.factorsOf(this.user.id).find((one) => one['factorType'] === 'push');
    const right = answer === 'approved';
    const ofPhone = new Session(this.stage, this.user, phone, { id: this.cookies.id, dtHash: undefined });
    ofPhone.writes('user.authentication.auth_via_mfa', 'Authentication of user via MFA', {
      uri: '/idp/authenticators/transactions/verify',
      targets: [this.party, push ? enrolmentParty(push) : passwordOf(this.party)],
      ...(!right && { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' }),
      debugData: { factor: 'OKTA_VERIFY_PUSH', factorIntent: 'LOGIN', ...PUSH_ANSWERS[answer] },
    });
  }

  /** Opens an application: who does not have it, has been given it long ago. @param seconds until the next thing is done */
  opens(app: OktaObject, looks: Looks = USUAL, seconds = 9): void {
    const { stage, user } = this;
    if (stage.org.assignmentOf(app.id, user.id) === undefined) stage.before(200, () => stage.org.assignUser(app.id, user.id));
    const signOnMode = SIGN_ON_MODES[textAt(app, 'signOnMode') ?? ''] ?? 'Secure Web Authentication';
    const debugData = { signOnMode, initiationType: 'IDP_INITIATED', ...debugDataOf(looks) };
    this.does((org) => org.signIn(user.id, app.id), { uri: '/login/token/redirect', debugData });
    stage.pass(seconds);
  }

  /** Asks for a report as a file, which Okta makes, and fetches it. @param uri path that it is asked for by */
  exportsReport(name: string, uri: string): void {
    const targets = [{ id: this.stage.id('rep'), type: 'Report', alternateId: name, displayName: name }];
    const debugData = { jobId: this.stage.id('job') };
    this.writes('analytics.reports.export.request', 'Report export requested', { uri, targets, debugData });
    this.stage.pass(35);
    this.stage.okta('analytics.reports.export.generate', 'Report export generated', { targets, debugData });
    this.stage.pass(50);
    this.writes('analytics.reports.export.download', 'Report export file downloaded', { uri, targets, debugData });
  }

  entersConsole(looks: Looks = USUAL): void {
    this.evaluates(this.stage.console, looks);
    this.writes('user.session.access_admin_app', 'User accessing Okta admin app', {
      uri: '/admin/sso/callback',
      targets: [{ ...this.party, type: 'AppUser' }, this.stage.console],
      debugData: debugDataOf(looks),
    });
  }
}
