-- The turnover that each manager has brokered by $v, shared equally where several did together, the largest first; who they are is not told.
SELECT sum(c.turnover_cny) AS turnover_cny
FROM core.manager_credit AS c
WHERE c.signed_on <= $v
GROUP BY c.manager_id
HAVING sum(c.turnover_cny) > 0
ORDER BY sum(c.turnover_cny) DESC
