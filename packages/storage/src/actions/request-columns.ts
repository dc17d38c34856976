/** A row of `action_requests` as an `ActionRequest`. */
export const REQUEST_COLUMNS = `id, workspace_id AS "workspaceId", integration_id AS "integrationId", action, title, effect, input, plan, reason,
  json_build_object('kind', subject_kind, 'key', subject_key, 'name', subject_name) AS subject, finding_id AS "findingId",
  incident_id AS "incidentId", undo_of AS "undoOf", state, requested_by AS "requestedBy", decided_by AS "decidedBy",
  decided_at AS "decidedAt", wish, created_at AS "createdAt", started_at AS "startedAt", ended_at AS "endedAt", tries, changed, message,
  problem, undone_by AS "undoneBy", by_hand AS "byHand", batch_id AS "batchId"`;
