/** How the wishes of a run of a playbook begin: those of callers begin with what kind of caller it is. */
export function wishesOf({ id }: { readonly id: string }): string {
  return `playbook ${id} `;
}

/** The same for one record in one step of one run, whoever asks however often. */
export function stepWish(run: { readonly id: string }, step: string, item: string): string {
  return `${wishesOf(run)}${step} ${item}`;
}

/** Which step of which run a wish is of. */
export function stepOfWish(wish: string): { readonly run: string; readonly step: string } | null {
  const [, run, step] = /^playbook (\S+) (\S+) \S+$/.exec(wish) ?? [];
  return run === undefined || step === undefined ? null : { run, step };
}
