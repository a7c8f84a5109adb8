-- 已了结（退出、退回、替换、免责、终止）的先投后股协议没有先投余额：投入已转股、收回或核销。
-- checked: core.invest_first_last
-- by: row_id
SELECT
  d.agreement_id,
  '已了结而余额 ' || sum(c.value)::DECIMAL(20, 2) || ' 元未收回、未核销' AS found,
  d.row_id
FROM core.invest_first_last AS d
JOIN mart.contribution AS c ON c.metric_id = 'deal_outstanding' AND c.entity_id = d.agreement_id
JOIN meta.snapshot AS s ON c.counts_from <= s.newest_as_of AND (c.counts_until IS NULL OR c.counts_until > s.newest_as_of)
WHERE d.status IN ('exited', 'returned', 'replaced', 'exempted', 'terminated')
GROUP BY d.agreement_id, d.row_id
HAVING sum(c.value) > 0
ORDER BY d.agreement_id
