"""A department that is renamed goes on under its id: folders of the old name and of the new one are both its own."""

from __future__ import annotations

from typing import Any

import pytest
from park import NOON, Park

from etl.__main__ import main
from etl.landing import Act
from etl.reference import in_force

OLD, NEW = "财政金融和国有资产监督管理局", "财政与国资局"


def aliases(*rows: dict[str, Any], table: str = "departments") -> dict[str, list[str]]:
    """Of each row the names it also goes by, after these rows were changed one act after the other."""
    acts = [Act(seq=number, at=NOON, kind="rule_changed", body={"table": table, "rows": [row]}) for number, row in enumerate(rows, 1)]
    found = in_force(acts)[table]
    return {key: (names or "").split("|") for key, names in found.select(found.columns[0], "aliases_zh").iter_rows()}


def test_files_in_folders_of_either_name_are_its_own(empty: Park, capsys: pytest.CaptureFixture[str]) -> None:
    rule = empty.home.root / "departments.csv"
    rule.write_text(f"department_id,name_zh\nD05,{NEW}\n", encoding="utf-8")
    assert main(["rule", str(rule)]) == 0
    for number, folder in enumerate((OLD, NEW), 1):
        empty.send(f"{folder}/风险补偿金-20260{number}.csv", f"流水号,日期,类型,金额（元）\nL-{number},2026-01-05,注资,10\n".encode())
    empty.refresh()
    assert empty.ask("SELECT entry_id, department_id FROM core.risk_pool_entry ORDER BY 1") == [("L-1", "D05"), ("L-2", "D05")]
    assert empty.ask("SELECT name_zh FROM ref.department WHERE department_id = 'D05'") == [(NEW,)]


def test_a_name_that_another_took_is_no_alias() -> None:
    assert OLD in aliases({"department_id": "D05", "name_zh": NEW})["D05"]
    swapped = aliases({"department_id": "D05", "name_zh": NEW, "aliases_zh": ""}, {"department_id": "D06", "name_zh": NEW, "aliases_zh": ""})
    assert NEW not in swapped["D05"]


def test_a_zone_keeps_its_former_name_too() -> None:
    assert "某园区" not in aliases(table="zones")["chem"]
    assert "某园区" in aliases({"zone_id": "chem", "name_zh": "某园区"}, {"zone_id": "chem", "name_zh": "化工园"}, table="zones")["chem"]
