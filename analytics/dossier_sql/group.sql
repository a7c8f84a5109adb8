-- A group of enterprises: its members in the register, and what of them counts at $v.
WITH members AS (
  SELECT o.org_id
  FROM core.organization AS o
  WHERE o.group_name = $id
)
SELECT
  $id AS name,
  (SELECT count(*) FROM members) AS members,
  (SELECT sum(l.balance_cny) FROM core.loan_stock AS l
   WHERE l.borrower_org_id IN (FROM members) AND l.counts_from <= $v AND (l.counts_until IS NULL OR l.counts_until > $v)) AS loans_cny,
  (SELECT sum(b.principal_cny) FROM core.invest_first_balance AS b
   WHERE b.org_id IN (FROM members) AND b.valid_from <= $v AND (b.valid_until IS NULL OR b.valid_until > $v)) AS deals_cny,
  (SELECT sum(f.cost_cny) FROM core.fund_position AS f
   WHERE f.investee_org_id IN (FROM members) AND f.valid_from <= $v AND (f.valid_until IS NULL OR f.valid_until > $v)) AS funds_cny
WHERE EXISTS (FROM members)
