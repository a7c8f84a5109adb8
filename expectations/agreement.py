"""Where several departments tell of one thing, they must tell the same; what counts where they do not is said in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from expectations.check import Check, Query

_SENTENCE = "几个部门或主体报同一编号的，各列一致。不一致的，取截至日最近的一份；同日，取职责在前的部门。"
_DO = "有关部门：会商后由填错的一方更正；在此之前，按所述次序取值。"
CORE = {  # feed: the table that keeps what is disputed, its key
    "first_uses": ("core.first_use", "product_id"), "fundings": ("core.funding", "item_id"),
    "invest_first_deals": ("core.invest_first_deal", "agreement_id"), "leases": ("core.lease", "lease_id"),
    "platforms": ("core.platform", "platform_id"), "premises": ("core.premise", "unit_id"),
    "scenarios": ("core.scenario", "scenario_id"), "appraisals": ("core.appraisal", "indicator"),
}
RAW: Mapping[str, tuple[str, Mapping[str, str]]] = {  # feed: its key, the columns that must agree and their headings
    "outcomes": ("outcome_id", {
        "project_id": "项目编号", "right_kind": "权属类型", "route": "转化方式", "contract_no": "技术合同登记号", "signed_on": "签约日期",
        "implementer_org_id": "实施单位代码", "space_name": "落地空间", "landed_on": "落地日期"}),
    "evidence": ("evidence_id", {"document_no": "文号", "made_on": "形成日期", "sha256": "SHA256"}),
}


def agreement() -> Iterator[Check]:
    """One warning per feed whose keys are the park's own."""
    for feed, (table, key) in CORE.items():
        select = f"SELECT t.{key} AS key, t.disputed AS found, t.row_id FROM {table} AS t WHERE t.disputed IS NOT NULL ORDER BY ALL"
        yield _check(feed, table, Query(sentence="", checked=table, select=select, by="row_id"))
    for feed, (key, columns) in RAW.items():
        disputes = ", ".join(f"CASE WHEN count(DISTINCT r.{column}) > 1 THEN '{heading}' END" for column, heading in columns.items())
        select = (f"WITH told AS (SELECT r.*, f.as_of FROM raw.{feed} AS r JOIN raw.file AS f USING (file_id) WHERE r.validity IS DISTINCT FROM 'void' "
                  f"QUALIFY row_number() OVER (PARTITION BY f.department_id, f.sender, r.{key} ORDER BY f.as_of DESC, r.row_id DESC) = 1) "
                  f"SELECT r.{key} AS key, concat_ws('、', {disputes}) AS found, arg_max(r.row_id, (r.as_of, r.row_id)) AS row_id "
                  f"FROM told AS r GROUP BY r.{key} HAVING found <> '' ORDER BY ALL")
        yield _check(feed, f"raw.{feed}", Query(sentence="", checked=f"raw.{feed}", select=select, by="row_id"))


def _check(feed: str, table: str, test: Query) -> Check:
    return Check(check_id=f"senders_agree_{feed}", dimension="一致性", severity="warning", table=table,
                 sentence=_SENTENCE, action=_DO, test=test)
