-- 转化落地科技成果，含存量：期内新增，加上基准日前已落地且有效的成果。
-- grain: key, counts_from
SELECT o.*
FROM core.outcome_landing AS o
