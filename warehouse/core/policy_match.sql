-- 报送的事项归入清单：名称含清单事项的关键词；同一条款的优先，其次关键词长的。没有归入的，是清单之外的事项。
-- grain: item_key
WITH words AS (
  SELECT e.entry_id, e.clause_id, unnest(string_split(e.keywords, '|')) AS word
  FROM ref.policy_entry AS e
)
SELECT
  i.item_key,                         -- 报送部门、报送主体与事项编号
  w.entry_id                          -- 清单事项
FROM core.policy_item AS i
JOIN words AS w ON contains(regexp_replace(i.item_name, '[“”‘’"（）() 　]', '', 'g'), w.word)
QUALIFY row_number() OVER (PARTITION BY i.item_key ORDER BY (i.clause_id IS NOT DISTINCT FROM w.clause_id) DESC, length(w.word) DESC, w.entry_id) = 1
