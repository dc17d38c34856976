/** Who reaches something. `client`: an application that acts as a program, by its key. */
export const ACCESS_PRINCIPALS = ['account', 'group', 'client'] as const;
export type AccessPrincipalKind = (typeof ACCESS_PRINCIPALS)[number];

/** What is reached. */
export const ACCESS_TARGETS = ['application', 'role', 'group'] as const;
export type AccessTargetKind = (typeof ACCESS_TARGETS)[number];

export type AccessNodeKind = AccessPrincipalKind | AccessTargetKind;

/** One end of a question, or a link of a chain. Asked for as `kind:key`. */
export interface AccessNodeRef {
  readonly kind: AccessNodeKind;
  readonly key: string;
}

export interface AccessNode extends AccessNodeRef {
  /** What people call it; its key where it was never read. */
  readonly label: string;
  /** What tells two of one name apart. */
  readonly detail: string | null;
  /** In our words: `suspended`, `inactive`; `null` for what has none. */
  readonly status: string | null;
  /** Whether it is there now. What is gone, or was never read, can still be part of the past. */
  readonly present: boolean;
}

/** One step of a chain: an edge that the provider shows. */
export interface AccessLink {
  /** `membership`: `from` is in the group `to`; the others: `from` was given `to`. */
  readonly relation: 'membership' | 'app_assignment' | 'role_assignment';
  readonly from: AccessNodeRef;
  readonly to: AccessNodeRef;
  /** Since when it has held without a gap. */
  readonly since: string;
  /** It was there when this was listed for the first time: it may be older than `since`. */
  readonly orBefore: boolean;
  /** Active group rules that fill the group and do not leave the account out: by one of them it may have come. */
  readonly rules: readonly { readonly key: string; readonly label: string }[];
  /** Of a role: what it is narrowed to. Empty: it holds for the whole organisation. */
  readonly targets: readonly { readonly kind: string; readonly key: string; readonly label: string }[];
  /** An application given through a group that the provider does not name. */
  readonly byUnknownGroup: boolean;
}

/** From the principal to the target, in this order. */
export interface AccessChain {
  readonly links: readonly AccessLink[];
  /** Since its youngest link. */
  readonly since: string;
  readonly orBefore: boolean;
}

/** Of the principal and the target; instants in ISO 8601. */
export interface AccessUsage {
  readonly firstAt: string;
  readonly lastAt: string;
  readonly times: number;
}

/** What is observed: without it "not used" says nothing. */
export interface UsageCoverage {
  /** The oldest event that was read. */
  readonly since: string;
  /** When the log was last read to its end; `null`: not yet. */
  readonly until: string | null;
}

/** One that reaches, or is reached. */
export interface AccessRow {
  readonly node: AccessNode;
  /** The shortest three. */
  readonly chains: readonly AccessChain[];
  /** How many there are; `more`: at least so many. */
  readonly chainCount: number;
  readonly more: boolean;
  /** Since the oldest of its chains. */
  readonly since: string;
  readonly orBefore: boolean;
  /** `null`: not seen to be used, or nothing that is observed (see the page's `coverage`). */
  readonly usage: AccessUsage | null;
}

/** Answer of `reach`, `reached-by` and `loss`. */
export interface AccessPage {
  /** The one that is asked about. */
  readonly subject: AccessNode;
  readonly items: readonly AccessRow[];
  /** All others that the chains go through. */
  readonly nodes: readonly AccessNode[];
  readonly next: string | null;
  /** `null`: the integration's log is not read, or says nothing of use. */
  readonly coverage: UsageCoverage | null;
}

/** All ways of one pair. */
export interface AccessReasons {
  readonly from: AccessNode;
  readonly to: AccessNode;
  /** Shortest first, at most 200; none: it cannot be reached. */
  readonly chains: readonly AccessChain[];
  readonly more: boolean;
  readonly nodes: readonly AccessNode[];
  readonly usage: AccessUsage | null;
  readonly coverage: UsageCoverage | null;
}

/** Who or what was gained or lost between two instants. */
export interface AccessChange {
  readonly what: 'gained' | 'lost';
  readonly node: AccessNode;
  /** The shortest three: of what was gained as they are at the end, of what was lost as they were at the beginning. */
  readonly chains: readonly AccessChain[];
}

export interface AccessChanges {
  readonly subject: AccessNode;
  readonly since: string;
  readonly until: string;
  readonly items: readonly AccessChange[];
  readonly nodes: readonly AccessNode[];
  readonly next: string | null;
}

/** One edge of an organisation that came or went. */
export interface EdgeChange {
  readonly what: 'gained' | 'lost';
  readonly at: string;
  readonly relation: AccessLink['relation'];
  readonly from: AccessNode;
  readonly to: AccessNode;
  /** Of a role: what it is narrowed to. Each such narrowing comes and goes by itself. */
  readonly target: AccessLink['targets'][number] | null;
}

export interface EdgeChanges {
  readonly since: string;
  readonly until: string;
  /** Newest first. */
  readonly items: readonly EdgeChange[];
  readonly next: string | null;
}

/** An application, and how many of those who reach it use it. */
export interface UnusedApplication {
  readonly application: AccessNode;
  /** Accounts that reach it. */
  readonly accounts: number;
  /** Of them, who has not opened it in the time that was asked for. */
  readonly unused: number;
  /** The last use by anybody who reaches it; `null`: none that was observed. */
  readonly lastAt: string | null;
}

export interface UnusedApplications {
  readonly days: number;
  readonly items: readonly UnusedApplication[];
  readonly next: string | null;
  readonly coverage: UsageCoverage | null;
  /** When it was counted: after the last sync that changed something. `null`: not yet. */
  readonly countedAt: string | null;
}

/** An administrator, with the last use of the rights. */
export interface UnusedRole {
  readonly account: AccessNode;
  readonly roles: readonly AccessNode[];
  readonly usage: AccessUsage | null;
}

export interface UnusedRoles {
  readonly days: number;
  readonly items: readonly UnusedRole[];
  readonly next: string | null;
  readonly coverage: UsageCoverage | null;
}

/** An assignment that nobody needs who has it, or few do, as far as was observed. */
export interface RemovalSuggestion {
  /** Who it was given to: a group, or an account. */
  readonly principal: AccessNode;
  readonly application: AccessNode;
  readonly since: string;
  readonly orBefore: boolean;
  /** Accounts that reach the application through it. */
  readonly accounts: number;
  /** Of them, who would not reach it any more. The others reach it another way as well. */
  readonly losing: number;
  /** Of those who would lose it: how many have used it in the time that was asked for. 0: nothing breaks that was seen to work; else a tenth of them at most. */
  readonly breaking: number;
  /** The last use by any of them; `null`: none that was observed. */
  readonly lastAt: string | null;
}

export interface RemovalSuggestions {
  readonly days: number;
  /** First those that break nothing, then those that break little; the most accounts first. Each by itself: to take away two may break more. */
  readonly items: readonly RemovalSuggestion[];
  readonly coverage: UsageCoverage | null;
}

/** What an account, or a client, was seen to use. */
export interface PrincipalUsage {
  readonly coverage: UsageCoverage | null;
  readonly signIn: AccessUsage | null;
  readonly administration: AccessUsage | null;
  readonly api: AccessUsage | null;
  /** Newest use first. */
  readonly applications: readonly (AccessUsage & { readonly node: AccessNode })[];
  /** By key of the authenticator; `null`: events that do not say which one. */
  readonly authenticators: readonly (AccessUsage & { readonly key: string | null })[];
  /** Sign-ins and uses of applications, of the last 90 days, the oldest first; days without any are left out. */
  readonly days: readonly { readonly day: string; readonly signIns: number; readonly applications: number }[];
}

/** What a search finds: a few of each kind, the best first. */
export interface AccessHit {
  readonly integration: { readonly id: string; readonly name: string };
  readonly node: AccessNode;
}

/** Something of the neighbourhood of a node, drawn. */
export interface AccessGraphNode {
  /** Of the graph alone. */
  readonly id: string;
  /** `null`: many that are not drawn one by one; `count` says how many, `kind` of what. */
  readonly node: AccessNode | null;
  readonly kind: AccessNodeKind;
  readonly count: number;
}

export interface AccessGraph {
  readonly subject: AccessNode;
  /** At most 300, the subject first. */
  readonly nodes: readonly AccessGraphNode[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly relation: AccessLink['relation'] }[];
}

export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** A workspace in numbers; each leads to the list behind it. */
export interface AccessOverview {
  readonly accounts: number;
  readonly accountsByStatus: readonly NamedCount[];
  /** Accounts that are active: with a phishing-resistant authenticator, with another one, with none. `null`: authenticators are not read. */
  readonly authenticators: { readonly resistant: number; readonly other: number; readonly none: number } | null;
  /** Accounts by the role that they hold, directly or through groups; an account with two is in both. */
  readonly administrators: readonly { readonly integration: string; readonly role: AccessNode; readonly accounts: number }[];
  /** Accounts with any role; groups with one, by themselves or through groups that they are in; programs with one. */
  readonly administratorCount: number;
  readonly administratorGroupCount: number;
  readonly administratorClientCount: number;
  /** The ten most used of the last 30 days. */
  readonly applications: readonly { readonly integration: string; readonly application: AccessNode; readonly times: number }[];
  /** Of the last 30 days, the oldest first, days without any included. */
  readonly signIns: readonly { readonly day: string; readonly times: number }[];
  readonly coverage: UsageCoverage | null;
}

/** Who may change an organisation. */
export interface Administrator {
  readonly integration: { readonly id: string; readonly name: string };
  readonly principal: AccessNode;
  readonly roles: readonly HeldRole[];
  /** Of rights of administration as a whole, of a program of the API; `null`: not seen, or nothing that is observed. A group uses nothing. */
  readonly usage: AccessUsage | null;
  /** Of the integration; `null`: its log is not read, or says nothing of this. */
  readonly coverage: UsageCoverage | null;
}

/** A role, and how a principal comes to it. */
export interface HeldRole {
  readonly role: AccessNode;
  /** It was given to the principal itself. */
  readonly direct: boolean;
  /** Groups that the principal is in and that have it, by themselves or through others. */
  readonly through: readonly AccessNode[];
}

export interface Administrators {
  readonly items: readonly Administrator[];
  readonly total: number;
  readonly next: string | null;
}
