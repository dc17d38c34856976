/** Whether somebody has excepted the finding of a run `r` of `playbook_runs` since it began; one that was excepted before may be meant all the same. */
export const EXCEPTED_SINCE = `EXISTS (SELECT FROM findings f JOIN finding_events e ON e.finding_id = f.id
  WHERE f.id = r.finding_id AND f.status = 'excepted' AND e.kind = 'excepted' AND e.at > r.started_at)`;
