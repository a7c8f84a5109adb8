-- 环节与类别相符：制度、规划为起草、征求意见、印发、备案，申报、政策争取为申报、受理、获批或未获批。
-- checked: core.policy_step
-- by: row_id
SELECT
  s.item_id,
  CASE WHEN s.item_kind IN ('rule', 'plan') THEN '制度、规划没有申报的环节' ELSE '申报、政策争取没有起草、印发的环节' END AS found,
  s.row_id
FROM core.policy_step AS s
WHERE (s.item_kind IN ('rule', 'plan')) <> (s.step IN ('drafting', 'consultation', 'issued', 'filed'))
ORDER BY s.item_id
