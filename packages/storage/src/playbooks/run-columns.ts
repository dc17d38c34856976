/** A row of `playbook_runs` as a `PlaybookRun`. */
export const RUN_COLUMNS = `id, workspace_id AS "workspaceId", integration_id AS "integrationId", playbook, version, definition, opening,
  finding_id AS "findingId", incident_id AS "incidentId",
  json_build_object('kind', subject_kind, 'key', subject_key, 'name', subject_name) AS subject, state, waits_for AS "waitsFor", step,
  ended_as AS "endedAs", log, answers, started_by AS "startedBy", started_at AS "startedAt", deadline_at AS "deadlineAt",
  ended_at AS "endedAt", stopped_by AS "stoppedBy", reason, tries`;

/** When something is due that somebody, or an attack, waits for: before all that is only looked at again, however much of that there is. */
export const AT_ONCE = `now() - interval '1 day'`;
