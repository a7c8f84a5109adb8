-- 招引线索的状态与日期相符：签约有签约日期，入驻有入驻日期，流失写明原因。
-- checked: core.lead AS l WHERE l.status <> 'tracked'
-- by: row_id
SELECT
  l.lead_id,
  CASE l.status WHEN 'signed' THEN '签约而没有签约日期' WHEN 'moved_in' THEN '入驻而没有入驻日期' ELSE '流失而没有原因' END AS found,
  l.row_id
FROM core.lead AS l
WHERE l.status = 'signed' AND l.signed_on IS NULL OR l.status = 'moved_in' AND l.moved_in_on IS NULL OR l.status = 'lost' AND l.lost_reason IS NULL
ORDER BY l.lead_id
