"""The same table is read the same way from every kind of file, told by its content."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import damaged_files as whole
import odd_workbooks as odd
import pytest
import xlsxwriter
import xlwt

from etl.reading import Refused, Table, read
from etl.reading.cells import UNCALCULATED
from etl.reading.kind import kind_of
from etl.reading.reader import WORKBOOKS

HEAD: list[odd.Cell] = ["编号", "名称", "金额", "完成率"]
ROWS: list[list[odd.Cell]] = [["A1", "兰州新区化工园区", 1.5, 0.35], ["A2", "甘肃科技", 2, 1.0], ["A3", "中试基地", 30000, 0.125]]
KNOWN = frozenset(map(str, HEAD))


def only(path: Path, content: bytes, name: str = "表.xls") -> Table:
    """The one table of a file of this content."""
    (path / name).write_bytes(content)
    (table,) = read(path / name, known=KNOWN).tables
    return table


def cells(table: Table) -> list[tuple[str | None, ...]]:
    return table.rows.drop("row").rows()


def said(table: Table) -> str:
    return "；".join(table.warnings)


@pytest.mark.parametrize("kind", whole.files())
def test_every_kind_of_file_is_read_alike(tmp_path: Path, kind: str) -> None:
    (tmp_path / "表.dat").write_bytes(whole.files()[kind])
    reading = read(tmp_path / "表.dat", known=whole.KNOWN)
    table = reading.tables[0]
    assert reading.kind == {"biff5.xls": "xls", "html.xls": "html", "xml.xls": "xml"}.get(kind, "csv" if kind.endswith(("csv", "tsv")) else kind)
    assert table.columns == tuple(whole.HEADINGS) and table.header_rows == (2,)
    first, last = table.rows.row(0, named=True), table.rows.row(-1, named=True)
    assert (first["row"], first["项目编号"], first["金额"]) == (3, "GZH-2026-0001", "1.25")
    assert (last["row"], last["项目编号"], last["金额"]) == (26, "GZH-2026-0024", "30" if kind not in ("html.xls",) and "sv" not in kind else "30.0")
    assert dict(table.aside.select("row", "kind").iter_rows()).items() >= {1: "metadata", 2: "header", 27: "total", 28: "footer"}.items()


def excel_2003_row(row: list[odd.Cell]) -> str:
    """A row in the XML of Excel 2003, its last cell in the style p."""
    styles = [""] * (len(row) - 1) + [' ss:StyleID="p"']
    return "<Row>" + "".join(f'<Cell{style}><Data ss:Type="{"String" if isinstance(cell, str) else "Number"}">{cell}</Data></Cell>'
                             for cell, style in zip(row, styles, strict=True)) + "</Row>"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods", "xml"])
def test_a_share_formatted_as_percentage_is_given_as_percentage(tmp_path: Path, kind: str) -> None:
    if kind == "xlsx":
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            page, percent = book.add_worksheet(), book.add_format({"num_format": '0.0%;[Red]-0.0%'})
            literal = book.add_format({"num_format": '0.0"%"'})
            for number, row in enumerate([HEAD, *ROWS]):
                page.write_row(number, 0, row)
                page.write(number, 2, row[2], literal)
                page.write(number, 3, row[3], percent)
        sent = content.getvalue()
    elif kind == "xls":
        old = xlwt.Workbook()
        page = old.add_sheet("甲")
        for number, row in enumerate([HEAD, *ROWS]):
            for column, cell in enumerate(row):
                page.write(number, column, cell, xlwt.easyxf(num_format_str="0%") if column == 3 else xlwt.Style.default_style)
        stream = io.BytesIO()
        old.save(stream)
        sent = stream.getvalue()
    elif kind == "xlsb":
        sent = odd.xlsb({"甲": [HEAD, *ROWS]}, percents=[(number, 3) for number in range(1, 4)])
    elif kind == "ods":
        sent = odd.ods(odd.ods_table([HEAD, *ROWS], percent=3))
    else:
        sent = odd.spreadsheet_xml("".join(map(excel_2003_row, [HEAD, *ROWS])), styles='<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>').encode()
    assert [row[2:] for row in cells(only(tmp_path, sent))] == [("1.5", "35%"), ("2", "100%"), ("30000", "12.5%")]


@pytest.mark.parametrize(("encoding", "code_page"), [("gb18030", 1252), ("gb18030", 10008), ("gb18030", 936), ("gb18030", None), ("big5", 1252), ("big5", 950)])
def test_an_old_workbook_is_read_whatever_code_page_it_claims(tmp_path: Path, encoding: str, code_page: int | None) -> None:
    names = ["兰州新区化工园区", "甘肃科技"] if encoding == "gb18030" else ["臺北市政府經濟發展局", "電子零組件製造業"]
    table = only(tmp_path, odd.biff5([HEAD[:3], ["A1", names[0], 45000.0], ["A2", names[1], 45001.5]] if encoding == "gb18030" else
                                     [["編號", "名稱", "金額"], ["A1", names[0], 45000.0], ["A2", names[1], 45001.5]],
                                     encoding=encoding, code_page=code_page, dates=[(1, 2), (2, 2)]))
    assert [row[1:] for row in cells(table)] == [(names[0], "2023-03-15"), (names[1], "2023-03-16 12:00:00")]


def test_chinese_written_as_latin_bytes_into_an_old_workbook_is_mended(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("Sheet1")
    for number, row in enumerate([HEAD, *ROWS]):
        for column, cell in enumerate(row):
            page.write(number, column, cell.encode("gbk").decode("latin_1") if isinstance(cell, str) else cell)
    stream = io.BytesIO()
    book.save(stream)
    table = only(tmp_path, stream.getvalue())
    assert table.columns == tuple(map(str, HEAD)) and cells(table)[0][1] == "兰州新区化工园区"


def test_hidden_rows_columns_sheets_and_indents_are_told_by_every_workbook(tmp_path: Path) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page, deep = book.add_worksheet("见"), book.add_format({"indent": 2})
        for number, row in enumerate([HEAD, *ROWS]):
            page.write_row(number, 0, row)
        page.write(2, 0, "A2", deep)
        page.set_row(3, None, None, {"hidden": True})
        page.set_column(2, 2, None, None, {"hidden": True})
        book.add_worksheet("藏").hide()
        book.add_worksheet("深藏").very_hidden()
    old = xlwt.Workbook()
    sheet = old.add_sheet("见")
    for number, row in enumerate([HEAD, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell, xlwt.easyxf("align: indent 2") if cell == "A2" else xlwt.Style.default_style)
    sheet.row(3).hidden = True
    sheet.col(2).hidden = True
    old.add_sheet("藏").visibility = 1
    old.add_sheet("深藏").visibility = 2
    stream = io.BytesIO()
    old.save(stream)
    for sent in (content.getvalue(), stream.getvalue()):
        (tmp_path / "表").write_bytes(sent)
        kind = kind_of(tmp_path / "表")
        grids, hidden = WORKBOOKS[kind](tmp_path / "表")
        assert [grid.sheet for grid in grids] == ["见"] and list(hidden) == ["藏", "深藏"], kind
        assert (set(grids[0].hidden_rows), set(grids[0].hidden_columns), dict(grids[0].indents)) == ({3}, {2}, {(2, 0): 2}), kind


def test_the_other_kinds_tell_hidden_rows_and_sheets_too(tmp_path: Path) -> None:
    hidden_style = '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    row = '<table:table-row table:visibility="{}"><table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row>'
    cases = {
        "xlsb": odd.xlsb({"见": [["甲"], ["乙"]], "藏": [["丙"]]}, hidden=["藏"], hidden_rows=[1]),
        "ods": odd.ods(f'<table:table table:name="见">{row.format("visible")}{row.format("filter")}</table:table>'
                       + odd.ods_table([["丙"]], name="藏", attributes='table:style-name="h"'), styles=hidden_style),
        "xml": odd.spreadsheet_xml('<Row/><Row ss:Hidden="1"><Cell><Data ss:Type="String">甲</Data></Cell></Row>').replace("</Workbook>", (
            '<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">丙</Data></Cell></Row></Table>'
            "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>")).encode(),
        "html": b"<table><tr><td>a<tr style='mso-height-source:userset;display:none'><td>b</table>",
    }
    for kind, sent in cases.items():
        (tmp_path / kind).write_bytes(sent)
        assert kind_of(tmp_path / kind) == kind
        grids, hidden = WORKBOOKS[kind](tmp_path / kind)
        assert grids[0].hidden_rows == {1}, kind
        assert hidden == ({} if kind == "html" else {"藏": [["丙"]]}), kind



def test_every_workbook_tells_from_which_day_it_counts(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [["编号", "日期"], ["A1", 44624.0]]
    excel, old = io.BytesIO(), xlwt.Workbook()
    with xlsxwriter.Workbook(excel, {"date_1904": True}) as book:
        page = book.add_worksheet("甲")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    old.dates_1904 = True
    sheet = old.add_sheet("甲")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    stream = io.BytesIO()
    old.save(stream)
    null_date = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    line = "".join("<Row>" + "".join(f'<Cell><Data ss:Type="{"String" if isinstance(cell, str) else "Number"}">{cell}</Data></Cell>' for cell in row) + "</Row>"
                   for row in rows)
    told = "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook><Worksheet"
    cases = {"xlsx": excel.getvalue(), "xls": stream.getvalue(), "xlsb": odd.xlsb({"甲": rows}, counts_from_1904=True),
             "ods": odd.ods(null_date + odd.ods_table(rows)), "xml": odd.spreadsheet_xml(line).replace("<Worksheet", told, 1).encode()}
    for kind, sent in cases.items():
        table = only(tmp_path, sent)
        assert kind_of(tmp_path / "表.xls") == kind
        assert (table.counts_from_1904, cells(table)) == (True, [("A1", "44624")]), kind
    assert not only(tmp_path, odd.xlsb({"甲": rows})).counts_from_1904


FORMULAS = {
    "no value": "<f>C2*2</f>", "an empty value": "<f>C2*2</f><v></v>", "an empty element": "<f>C2*2</f><v/>", "a shared formula": '<f t="shared" si="0"/>',
}


@pytest.mark.parametrize("case", FORMULAS)
def test_a_formula_without_its_value_is_neither_blank_nor_zero(tmp_path: Path, case: str) -> None:
    head = "".join(odd.inline(f"{letter}1", text) for letter, text in zip("ABC", ["编号", "名称", "金额"], strict=True))
    rows = f'<row r="1">{head}</row><row r="2">{odd.inline("A2", "A1")}{odd.inline("B2", "甲")}<c r="C2">{FORMULAS[case]}</c></row>'
    table = only(tmp_path, odd.xlsx(odd.worksheet(rows)))
    assert cells(table) == [("A1", "甲", UNCALCULATED)]
    assert "公式没有保存计算结果：C2" in said(table)


def test_a_zero_that_a_program_left_for_excel_to_compute_is_no_zero_and_a_computed_one_is(tmp_path: Path) -> None:
    for values, expected in (((0, 0), UNCALCULATED), ((7, 7), "7")):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, HEAD[:3])
            for row, value in enumerate(values, 1):
                page.write_row(row, 0, [f"A{row}", "甲"])
                page.write_formula(row, 2, "=1+6", None, value)
        assert {row[2] for row in cells(only(tmp_path, content.getvalue()))} == {expected}
    parts = odd.unzipped(content.getvalue())
    saved_by_excel = {name: part.replace(b' fullCalcOnLoad="1"', b"").replace(b"<v>7</v>", b"<v>0</v>") for name, part in parts.items()}
    table = only(tmp_path, odd.zipped(saved_by_excel))
    assert {row[2] for row in cells(table)} == {"0"} and not table.warnings


def test_an_empty_text_is_a_value(tmp_path: Path) -> None:
    rows = (f'<row r="1">{odd.inline("A1", "编号")}{odd.inline("B1", "名称")}</row>'
            f'<row r="2">{odd.inline("A2", "A1")}<c r="B2" t="str"><f>IF(A2="","",A2)</f><v></v></c></row>')
    table = only(tmp_path, odd.xlsx(odd.worksheet(rows)))
    assert cells(table) == [("A1", None)] and not table.warnings


def test_old_and_open_workbooks_name_formulas_that_were_never_computed(tmp_path: Path) -> None:
    cell = '<table:table-cell table:formula="of:=1+1"/>'
    opened = odd.ods(odd.ods_table([["编号", "金额"], ["A1", None]]).replace("<table:table-cell/>", cell))
    assert cells(only(tmp_path, opened)) == [("A1", UNCALCULATED)]
    book = xlwt.Workbook()
    page = book.add_sheet("甲")
    for row, line in enumerate([["编号", "金额"], ["A1", xlwt.Formula("1+1")]]):
        for column, value in enumerate(line):
            page.write(row, column, value)
    stream = io.BytesIO()
    book.save(stream)
    assert "公式（1 个）保存的结果全是空白" in said(only(tmp_path, stream.getvalue()))


def test_the_error_of_a_formula_is_text_and_is_named(tmp_path: Path) -> None:
    sent = {"xlsx": odd.xlsx(odd.worksheet(
        f'<row r="1">{odd.inline("A1", "编号")}{odd.inline("B1", "金额")}</row><row r="2">{odd.inline("A2", "A1")}<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')),
        "xlsb": odd.xlsb({"甲": [["编号", "金额"], ["A1", 1]]}, errors=[(1, 1)])}
    for kind, text in (("xlsx", "#DIV/0!"), ("xlsb", "#REF!")):
        table = only(tmp_path, sent[kind])
        assert cells(table) == [("A1", text)] and "公式出错的单元格：B2" in said(table)
    with pytest.raises(Refused, match="B2 公式出错（#SPILL!）"):
        only(tmp_path, odd.zipped({name: part.replace(b"#DIV/0!", b"#SPILL!") for name, part in odd.unzipped(sent["xlsx"]).items()}))


STRANGE = {
    "strict": odd.xlsx(odd.worksheet(
        f'<row r="1">{odd.inline("A1", "编号")}{odd.inline("B1", "日期")}</row><row r="2">{odd.inline("A2", "A1")}<c r="B2" t="d"><v>2026-03-05</v></c></row>',
        main=odd.STRICT), main=odd.STRICT, office=odd.STRICT_OFFICE),
    "no references, no dimension": odd.xlsx(odd.worksheet(
        '<row><c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><t>日期</t></is></c></row>'
        '<row><c t="inlineStr"><is><t>A1</t></is></c><c t="str"><v>2026-03-05</v></c></row>')),
    "prefixed names": odd.xlsx(
        f'<x:worksheet xmlns:x="{odd.MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>编号</x:v></x:c><x:c r="B1" t="str"><x:v>日期</x:v></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" t="str"><x:v>A1</x:v></x:c><x:c r="B2" t="str"><x:v>2026-03-05</x:v></x:c></x:row></x:sheetData></x:worksheet>'),
    "1904": odd.xlsx(odd.worksheet(
        f'<row r="1">{odd.inline("A1", "编号")}{odd.inline("B1", "日期")}</row><row r="2">{odd.inline("A2", "A1")}<c r="B2" s="1"><v>44624</v></c></row>'),
        styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="31"/></cellXfs>', workbook='<workbookPr date1904="1"/>'),
    "rich and shared texts": odd.xlsx(odd.worksheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'),
        shared="<si><r><t>编</t></r><r><t>号</t></r></si><si><t>日期</t><rPh sb='0' eb='1'><t>ri</t></rPh></si><si><t>A1</t></si><si><t>2026-03-05</t></si>"),
}


@pytest.mark.parametrize("case", STRANGE)
def test_workbooks_of_other_makers_are_read(tmp_path: Path, case: str) -> None:
    table = only(tmp_path, STRANGE[case])
    assert table.columns == ("编号", "日期") and cells(table) == [("A1", "2026-03-05")]
    assert table.rows["row"].to_list() == [2]


def test_macros_and_links_to_other_workbooks_are_told_and_not_followed(tmp_path: Path) -> None:
    rows = f'<row r="1">{odd.inline("A1", "编号")}{odd.inline("B1", "金额")}</row><row r="2">{odd.inline("A2", "A1")}<c r="B2"><f>[1]Sheet1!A1*2</f><v>8</v></c></row>'
    table = only(tmp_path, odd.xlsx(odd.worksheet(rows), more={"xl/vbaProject.bin": "x", "xl/externalLinks/externalLink1.xml": "<externalLink/>"}))
    assert cells(table) == [("A1", "8")]
    assert "含宏，宏没有运行" in said(table) and "引用其他工作簿的公式" in said(table)


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gb2312><style>.t{mso-number-format:"\\@"} .i{padding-left:18pt}</style></head>
<body><h3>产 值 表</h3><p>单位：万元<form><table width=100%><tr><td><table border=1><thead><tr><th rowspan=2>编号<th rowspan=2>名称<th colspan=2>金额
<tr><th>本月<th>累计</thead><tr><td class=t>0012<td>甲<br>公司<td x:num="1.23456">1.23<td>3%<tr><form><td class=i>B&nbsp;1</td><td>&lt;乙&gt;</td></form><td>1,234
<td><span>q</span></table></table></form><div>注：x</div></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_is_read_as_excel_shows_it(tmp_path: Path, encoding: str) -> None:
    table = only(tmp_path, PAGE.encode(encoding))
    assert table.columns == ("编号", "名称", "金额_本月", "金额_累计") and table.header_rows == (3, 4) and table.units[""] == "万元"
    assert cells(table) == [("0012", "甲\n公司", "1.23456", "3%"), ("B 1", "<乙>", "1,234", "q")]
    assert "footer" in table.aside["kind"].to_list()


def test_text_beside_the_cells_of_a_web_page_and_a_missing_end_are_told(tmp_path: Path) -> None:
    table = only(tmp_path, "<table><tr><td>编号<td>名称</tr><tr>d class=x>漏</td></tr><tr><td>A1<td>甲</tr>".encode())
    assert "漏" in said(table) and "结尾没有 </table>" in said(table)


def test_open_document_cells_give_what_they_show(tmp_path: Path) -> None:
    text = "<text:p>甲<text:s text:c='2'/>乙<text:line-break/>丙</text:p><office:annotation><text:p>批注</text:p></office:annotation>"
    rows = (f'<table:table-row><table:table-cell office:value-type="string">{text}</table:table-cell>'
            '<table:table-cell office:value-type="date" office:date-value="2026-03-05"><text:p>3月5日</text:p></table:table-cell>'
            '<table:table-cell office:value-type="currency" office:value="1234.5" office:currency="CNY"><text:p>￥1,234.50</text:p></table:table-cell>'
            '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
            '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="boolean" office:boolean-value="true">'
            '<text:p>TRUE</text:p></table:table-cell></table:table-row>'
            '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>')
    (tmp_path / "表").write_bytes(odd.ods(f'<table:table table:name="甲">{rows}</table:table>'))
    (grid,), _ = WORKBOOKS["ods"](tmp_path / "表")
    assert grid.body(0).rows() == [("甲  乙\n丙", "2026-03-05", "1234.5"), ("是", None, None), ("是", None, None)]


def test_an_excel_2003_row_may_say_where_it_is(tmp_path: Path) -> None:
    table = only(tmp_path, odd.spreadsheet_xml(
        '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell><Data ss:Type="String">编号</Data></Cell><Cell><Data ss:Type="String">金额</Data></Cell>'
        '<Cell><Data ss:Type="String">日期</Data></Cell></Row><Row ss:Index="5"><Cell><Data ss:Type="String">A1</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell></Row>').encode())
    assert cells(table) == [("A1", None, "2026-03-05")] and table.rows["row"].to_list() == [5]


def test_a_date_cell_before_the_first_day_stays_a_number(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("甲")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    lines: list[tuple[str, str | float | dt.date]] = [("编号", "日期"), ("A1", dt.date(2026, 3, 5)), ("A2", 3e6), ("A3", -5.0)]
    for row, (code, cell) in enumerate(lines):
        page.write(row, 0, code)
        page.write(row, 1, cell, day)
    stream = io.BytesIO()
    book.save(stream)
    assert [row[1] for row in cells(only(tmp_path, stream.getvalue()))] == ["2026-03-05", "3000000", "-5"]
