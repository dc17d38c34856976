/** A user as the tests know it: neither SCIM's form nor the connector's. */
export interface Person {
  readonly id: string;
  readonly login: string;
  readonly given: string;
  readonly family: string;
  readonly mail: string;
  readonly isActive: boolean;
  /** Value and name. */
  readonly roles: readonly (readonly [string, string])[];
  readonly entitlements: readonly string[];
  readonly boss: string | null;
  readonly department: string | null;
  readonly created: number;
  readonly changed: number;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  /** Ids of people and teams. */
  readonly members: readonly string[];
  readonly created: number;
  readonly changed: number;
}

const START = Date.UTC(2026, 0, 5, 8);
const DEPARTMENTS = ['Sales', 'Research', 'Finance', null];

/** Who is there. Every change moves the time of what was changed, as a service does. */
export class Directory {
  readonly people = new Map<string, Person>();
  readonly teams = new Map<string, Team>();
  /** Asked for the time of each change. */
  now: () => number = Date.now;
  readonly #prefix: string;
  #made = 0;

  /** @param prefix before all ids: two tenants share none. */
  constructor(prefix = 'x') {
    this.#prefix = prefix;
  }

  /** People and teams by number: every third team holds another, and the last leads back to the first, so that they are in a circle. */
  static of(people: number, teams: number, prefix = 'x'): Directory {
    const directory = new Directory(prefix);
    for (let at = 0; at < people; at += 1) directory.people.set(personId(prefix, at), personNumber(prefix, at));
    for (let at = 0; at < teams; at += 1) {
      const members = new Set<string>();
      if (people > 0)
        for (let turn = 0; turn < at % 12; turn += 1) members.add(personId(prefix, (at * 7 + turn * 11) % people));
      if (at % 3 === 0 && teams > 1) members.add(teamId(prefix, (at + 3) % teams));
      directory.teams.set(teamId(prefix, at), {
        id: teamId(prefix, at),
        name: `Team ${at}`,
        members: [...members],
        created: START + at * 1_000,
        changed: START + at * 60_000,
      });
    }
    return directory;
  }

  hire(at?: number): Person {
    this.#made += 1;
    const number = 1_000_000 + this.#made;
    const time = this.now();
    const person = { ...personNumber(this.#prefix, number), created: time, changed: time };
    insert(this.people, person.id, person, at);
    return person;
  }

  leave(id: string): void {
    this.people.delete(id);
    for (const team of this.teams.values()) if (team.members.includes(id)) this.dropMember(team.id, id);
  }

  change(id: string, fields: Partial<Person>): void {
    const person = this.people.get(id);
    if (person === undefined) throw new Error(`no person ${id}`);
    this.people.set(id, { ...person, ...fields, changed: this.now() });
  }

  found(name: string, members: readonly string[] = []): Team {
    this.#made += 1;
    const time = this.now();
    const team = { id: teamId(this.#prefix, 1_000_000 + this.#made), name, members, created: time, changed: time };
    this.teams.set(team.id, team);
    return team;
  }

  dissolve(id: string): void {
    this.teams.delete(id);
    for (const team of this.teams.values()) if (team.members.includes(id)) this.dropMember(team.id, id);
  }

  addMember(team: string, member: string): void {
    this.#setMembers(team, (members) => [...members.filter((id) => id !== member), member]);
  }

  dropMember(team: string, member: string): void {
    this.#setMembers(team, (members) => members.filter((id) => id !== member));
  }

  setMembers(team: string, members: readonly string[]): void {
    this.#setMembers(team, () => members);
  }

  rename(team: string, name: string): void {
    const found = this.#team(team);
    this.teams.set(team, { ...found, name, changed: this.now() });
  }

  #setMembers(team: string, change: (members: readonly string[]) => readonly string[]): void {
    const found = this.#team(team);
    this.teams.set(team, { ...found, members: change(found.members), changed: this.now() });
  }

  #team(id: string): Team {
    const team = this.teams.get(id);
    if (team === undefined) throw new Error(`no team ${id}`);
    return team;
  }
}

/** At a place in the order, as a service sorts newcomers in; at the end by default. */
function insert<T>(map: Map<string, T>, id: string, value: T, at = map.size): void {
  const entries = [...map];
  map.clear();
  for (const [key, kept] of [...entries.slice(0, at), [id, value] as const, ...entries.slice(at)]) map.set(key, kept);
}

export function personId(prefix: string, at: number): string {
  return `${prefix}-u${String(at).padStart(7, '0')}`;
}

export function teamId(prefix: string, at: number): string {
  return `${prefix}-g${String(at).padStart(7, '0')}`;
}

/** The same for the same number, so that long lists need not be kept. */
export function personNumber(prefix: string, at: number): Person {
  const id = personId(prefix, at);
  return {
    id,
    login: `${id}@acme.example`,
    given: `Given${at}`,
    family: `Family${at % 97}`,
    mail: `${id}.mail@acme.example`,
    isActive: at % 9 !== 4,
    roles:
      at % 10 === 0
        ? [['admin', 'Administrator']]
        : at % 10 === 5
          ? [
              ['auditor', 'Auditor'],
              [`team-${at % 4}`, ''],
            ]
          : [],
    entitlements: at % 15 === 0 ? ['admin', 'billing'] : [],
    boss: at % 6 === 1 ? personId(prefix, at - 1) : null,
    department: DEPARTMENTS[at % 4] ?? null,
    created: START + at * 1_000,
    changed: START + at * 61_000,
  };
}
