"""What must hold in the reference tables, as data. Read as given, in text, so that a broken row is named before a table fails on it."""

from __future__ import annotations

from typing import NamedTuple

import duckdb


class Rule(NamedTuple):
    """`table` as the rule file is called; `broken` selects the keys of the rows in which it does not hold, one text column."""

    table: str
    must: str
    broken: str


def each(table: str, must: str, condition: str) -> Rule:
    """It must be true in every row; unknown is not true. The first column is called `key` in the condition."""
    return Rule(table, must, f"SELECT t.key FROM given.{table} AS t(key) WHERE ({condition}) IS NOT TRUE ORDER BY t.rowid")


def word(table: str, column: str, title: str, *allowed: str) -> Rule:
    """One of these words."""
    return each(table, f"{title}应为 {'、'.join(allowed)} 之一", f"{column} IN {allowed}")  # a tuple of words is written as SQL writes it


def filled(table: str, column: str, title: str) -> Rule:
    """Not blank."""
    return each(table, f"{title}不得空白", f"trim({column}) <> ''")


def day(table: str, column: str, title: str) -> Rule:
    """A day the pages can draw: not `infinity`, not a slip of the year."""
    return each(table, f"{title}应为 2000 至 2099 年间的日期", f"try_cast({column} AS DATE) BETWEEN '2000-01-01'::DATE AND '2099-12-31'::DATE")


def whole(table: str, column: str, title: str, low: int, high: int) -> Rule:
    """A whole number as written; a cast alone would round 1.5."""
    return each(table, f"{title}应为 {low} 至 {high} 的整数",
                f"regexp_full_match({column}, '[0-9]+') AND try_cast({column} AS INTEGER) BETWEEN {low} AND {high}")


def known(table: str, column: str, title: str, among: str, *, blank: bool = False) -> Rule:
    """The key of a row of another table (`among`: table.key); where `blank`, or nothing."""
    there = f"{column} IN (SELECT a.{among.partition('.')[2]} FROM given.{among.partition('.')[0]} AS a)"
    return each(table, f"{title}应在参照表 {among.partition('.')[0]} 中", f"{column} IS NULL OR {there}" if blank else there)


def once(table: str, must: str, names: str) -> Rule:
    """A name belongs to one row. `names`: SELECT of key and name."""
    return Rule(table, must, f"SELECT n.name || '：' || string_agg(DISTINCT n.key, '、' ORDER BY n.key) FROM ({names}) AS n "
                             "WHERE n.name <> '' GROUP BY n.name HAVING count(DISTINCT n.key) > 1 ORDER BY n.name")


STATUS = ("已定", "拟定", "未定")
RULES = (
    filled("zones", "name_zh", "空间名称"),
    word("zones", "kind", "空间种类", "core", "carrier", "bucket"),
    Rule("zones", "应有对账口径 outside 与 unplaced，种类为 bucket",
         "SELECT b.zone_id FROM (VALUES ('outside'), ('unplaced')) AS b(zone_id) "
         "WHERE NOT EXISTS (FROM given.zones AS z WHERE z.zone_id = b.zone_id AND z.kind = 'bucket') ORDER BY 1"),
    once("zones", "一个名称或别名只能属于一个空间",  # written as ref.zone_alias compares them
         "SELECT z.zone_id AS key, translate(unnest(string_split(concat_ws('|', z.name_zh, z.aliases_zh), '|')), '（） 　', '()') AS name "
         "FROM given.zones AS z"),
    filled("departments", "name_zh", "部门名称"),
    once("departments", "一个名称或别名只能属于一个部门",
         "SELECT d.department_id AS key, lower(trim(unnest(string_split(concat_ws('|', d.name_zh, d.aliases_zh), '|')))) AS name "
         "FROM given.departments AS d"),
    filled("directions", "name_zh", "方向名称"),
    once("directions", "方向名称不得重复", "SELECT d.direction_id AS key, d.name_zh AS name FROM given.directions AS d"),
    known("directions", "zone_id", "所属空间", "zones.zone_id"),
    filled("core_functions", "name_zh", "功能名称"),
    filled("categories", "name_zh", "分类名称"),
    word("categories", "kind", "分类种类", "platform", "service", "request", "right", "calibre", "milestone", "course", "finance", "grade",
         "ability", "certificate", "contract", "talent", "first_use", "buyer", "lead_source", "lead_lost", "policy"),
    known("categories", "clause_id", "依据条款", "clauses.clause_id", blank=True),
    filled("policy_entries", "name_zh", "名称"),
    filled("policy_entries", "keywords", "关键词"),
    word("policy_entries", "kind", "类别", "rule", "plan", "application", "advocacy"),
    word("policy_entries", "basis", "由来", "stated", "inferred"),
    known("policy_entries", "clause_id", "依据条款", "clauses.clause_id"),
    each("policy_entries", "责任部门应在部门表中，以一个空格分隔",
         "list_has_all((SELECT list(d.department_id) FROM given.departments AS d), string_split(departments, ' '))"),
    once("policy_entries", "一个关键词只能属于一个清单事项",
         "SELECT e.entry_id AS key, unnest(string_split(e.keywords, '|')) AS name FROM given.policy_entries AS e"),
    filled("zone_facilities", "name_zh", "名称"),
    known("zone_facilities", "zone_id", "所属空间", "zones.zone_id"),
    known("zone_facilities", "clause_id", "依据条款", "clauses.clause_id"),
    word("zone_facilities", "kind", "种类", "anchor", "leader", "facility"),
    word("zone_facilities", "status", "状态", "拟建", "在建", "投用", "未接入"),
    filled("stages", "name_zh", "阶段名称"),
    whole("stages", "stage_order", "顺序", 0, 99),
    once("stages", "顺序不得重复", "SELECT s.stage_id AS key, try_cast(s.stage_order AS INTEGER)::VARCHAR AS name FROM given.stages AS s"),
    whole("stages", "trl_low", "技术成熟度低值", 1, 9),
    whole("stages", "trl_high", "技术成熟度高值", 1, 9),
    known("stages", "goal", "对应目标", "goals.goal_id", blank=True),
    filled("goals", "name_zh", "目标名称"),
    filled("goals", "unit", "单位"),
    each("goals", "目标值应为正数", "try_cast(target AS DECIMAL(20, 6)) > 0"),
    day("goals", "base_on", "基准日"),
    day("goals", "deadline_on", "截止日"),
    each("goals", "基准日不得晚于截止日", "try_cast(base_on AS DATE) <= try_cast(deadline_on AS DATE)"),
    known("goals", "metric_id", "衡量它的指标", "metrics.metric_id"),
    word("goals", "status", "口径状态", *STATUS),
    filled("metrics", "name_zh", "指标名称"),
    filled("metrics", "unit", "单位"),
    filled("metrics", "statement_zh", "口径说明"),
    whole("metrics", "version", "口径版本", 1, 9999),
    day("metrics", "valid_from", "本版自何日起"),
    word("metrics", "aggregation", "算法", "sum", "distinct", "ratio", "statistic"),
    word("metrics", "time_kind", "时间口径", "cumulative", "window", "stock"),
    word("metrics", "is_zoned", "是否分空间", "true", "false"),
    word("metrics", "drill", "下钻", "rows", "groups"),
    word("metrics", "status", "口径状态", *STATUS),
    known("metrics", "owner_department_id", "归口部门", "departments.department_id"),
    known("metrics", "numerator_id", "分子", "metrics.metric_id", blank=True),
    known("metrics", "denominator_id", "分母", "metrics.metric_id", blank=True),
    each("metrics", "比率应有分子和分母两个求和的指标，其余没有",
         "(aggregation = 'ratio') = (numerator_id IS NOT NULL AND denominator_id IS NOT NULL) AND (aggregation = 'ratio' "
         "OR (numerator_id IS NULL AND denominator_id IS NULL)) AND (aggregation <> 'ratio' OR (SELECT count(*) FROM given.metrics AS m "
         "WHERE m.metric_id IN (t.numerator_id, t.denominator_id) AND m.aggregation IN ('sum', 'distinct')) = 2)"),
    known("metrics", "part_of", "所属指标", "metrics.metric_id", blank=True),
    each("metrics", "指标不得是自己的分项", "part_of IS DISTINCT FROM key"),
    each("metrics", "所需报表应为已有的报表，以一个空格分隔，计数的指标和比率至少一张",  # without one, 0 would be said where nothing is known
         "(feeds IS NULL AND aggregation = 'statistic') "
         "OR list_has_all((SELECT list(f.feed) FROM given.feeds AS f), string_split(feeds, ' '))"),
    each("statistics", "应为口径词典中的统计量", "key IN (SELECT m.metric_id FROM given.metrics AS m WHERE m.aggregation = 'statistic')"),
    each("statistics", "有函数的应有输入，函数写作 模块:函数，输入为求和的指标，以一个空格分隔",
         "(computed_by IS NULL) = (inputs IS NULL) AND (computed_by IS NULL OR regexp_full_match(computed_by, 'analytics\\.[a-z_]+:[A-Za-z_.]+') "
         "AND list_has_all((SELECT list(m.metric_id) FROM given.metrics AS m WHERE m.aggregation IN ('sum', 'distinct')), string_split(inputs, ' ')))"),
    word("due_days", "months", "每期月数", "1", "3", "6", "12"),
    whole("due_days", "due_day", "到期日", 1, 31),
    word("due_days", "status", "口径状态", *STATUS),
    each("settings", "取值应为数字；未定的可以空白",
         "try_cast(value AS DECIMAL(20, 6)) IS NOT NULL OR value IS NULL AND status = '未定' AND key NOT IN ('vat_rate', 'core_functions')"),
    each("settings", "税率应不小于 0、小于 1", "key <> 'vat_rate' OR (try_cast(value AS DECIMAL(20, 6)) >= 0 AND try_cast(value AS DECIMAL(20, 6)) < 1)"),
    each("settings", "核心区功能数应为不小于 0 的整数", "key <> 'core_functions' OR regexp_full_match(value, '[0-9]+')"),
    each("settings", "国有比例应在 0 与 1 之间", "key <> 'guarantor_state_share' OR try_cast(value AS DECIMAL(20, 6)) BETWEEN 0 AND 1"),
    word("settings", "status", "口径状态", *STATUS),
    filled("state_enterprises", "name_zh", "企业名称"),
    word("state_enterprises", "status", "口径状态", *STATUS),
    once("state_enterprises", "一个名称、别名或信用代码只能属于一家企业",
         "SELECT e.enterprise_id AS key, translate(unnest(string_split(concat_ws('|', e.name_zh, e.aliases_zh, e.org_id), '|')), '（） 　', '()') AS name "
         "FROM given.state_enterprises AS e"),
    filled("guarantors", "source", "来源"),
    each("guarantors", "国有比例应在 0 与 1 之间", "state_share IS NULL OR try_cast(state_share AS DECIMAL(9, 6)) BETWEEN 0 AND 1"),
    each("guarantors", "净资产应为正数", "net_assets_cny IS NULL OR try_cast(net_assets_cny AS DECIMAL(20, 2)) > 0"),
    day("guarantors", "valid_from", "自何日起"),
    word("guarantors", "status", "口径状态", *STATUS),
    filled("exposure_limits", "name_zh", "限额名称"),
    word("exposure_limits", "unit", "单位", "比例", "倍", "元"),
    word("exposure_limits", "status", "口径状态", *STATUS),
    each("exposure_limits", "取值应为正数，未定的留空；填了的写明依据与日期",
         "CASE WHEN value IS NULL THEN status = '未定' ELSE try_cast(value AS DECIMAL(20, 6)) > 0 AND trim(source) <> '' "
         "AND try_cast(valid_from AS DATE) BETWEEN '2000-01-01'::DATE AND '2099-12-31'::DATE END"),
)


def first_broken(con: duckdb.DuckDBPyConnection) -> str | None:
    """The first rule that does not hold in schema given, which has feeds too, with the keys of its rows; None where all hold."""
    for rule in RULES:
        if keys := [key for (key,) in con.execute(rule.broken).fetchall()]:
            return f"{rule.table}：{rule.must}（{'、'.join(keys)}）"
    return None
