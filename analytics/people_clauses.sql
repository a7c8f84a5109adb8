-- The clauses that $metrics carry, each with these metrics in the order of the committee's table.
SELECT c.clause_id, list(m.metric_id ORDER BY m.rowid) AS metrics
FROM ref.metric AS m, unnest(string_split(m.clause_ids, ' ')) AS c(clause_id)
WHERE list_contains($metrics, m.metric_id)
GROUP BY c.clause_id
ORDER BY c.clause_id
