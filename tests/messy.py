"""Random tables as a careless office writes them: every trait of the layouts, in any combination."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st
from layouts import Layout

NAMES = [f"{place}{kind}" for place in ("秦川", "上川", "中川", "皋兰", "永登", "西岔", "树屏") for kind in ("公司", "研究院", "学校", "合作社")]
LEAVES = ["产值", "税收", "人数", "面积", "投资额", "用电量", "进口额", "出口额", "订单", "库存", "新增", "结余"]
GROUPS = ["本年", "上年", "计划", "实际", "城镇", "农村", "省内", "省外"]
TITLES = ["园区运行情况", "附件2", "（2026年9月）", "填报单位：科技局", "截至2026年9月30日", "制表机关：统计局"]
UNITS = ["万元", "个", "人", "吨", "平方米", "%"]
FOOTERS = ["注：1.本表为快报数。", "2.以年报为准。", "数据来源：企业直报", "填表人：张三 |  | 审核人：李四", "（盖章）"]
MARKS = ["—", "…", "-", "/"]
Node = tuple[str, list["Node"]]  # a heading and what stands below it


@dataclass
class Written:
    """The lines of a layout as they come, and what they must be read as."""

    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)

    def add(self, kind: str, *cells: str) -> None:
        """One row; a wider one is written from cells that hold bars."""
        self.lines.append(f"{kind} {' | '.join(cells)}".rstrip(" ") if any(cells) else f"{kind} {' |' * (len(cells) - 1)}")

    @property
    def rows(self) -> int:
        return len([line for line in self.lines if not line.startswith("====")])


@st.composite
def headings(draw: st.DrawFn, deepest: int) -> list[list[str]]:
    """The parts of the headings of one to seven columns of figures, from the top down; groups have two parts or more, at most `deepest` above each other."""
    leaves, groups = draw(st.permutations(LEAVES)), draw(st.permutations(GROUPS))
    found: list[list[str]] = []

    def grow(above: list[str], depth: int) -> None:
        for _ in range(draw(st.integers(2, 3)) if above else draw(st.integers(1, 3))):
            if depth < deepest and len(found) < 5 and draw(st.booleans()) and groups:
                grow([*above, groups.pop()], depth + 1)
            elif len(found) < 7:
                found.append([*above, leaves.pop()])
        if above and sum(parts[: len(above)] == above for parts in found) < 2:
            found.append([*above, leaves.pop()])

    leaves, groups = list(leaves), list(groups)
    grow([], 0)
    return found


@st.composite
def table(draw: st.DrawFn, out: Written, number: int, deepest: int) -> tuple[str, dict[str, str]]:
    """Write one table; returns its columns and units."""
    figures = draw(headings(deepest))
    serial, merged = draw(st.booleans()), draw(st.booleans())
    labels = ["序号"] * serial + ["类别"] * merged + ["名称"]
    last = draw(st.sampled_from([[], ["统一社会信用代码"], ["备注"]]))
    paths = [[each] for each in labels] + figures + [[each] for each in last]
    depth, width = max(map(len, paths)), len(paths)
    units_in = draw(st.sampled_from(["", "heading", "row", "line", "title"]))
    units = {"_".join(path): draw(st.sampled_from(UNITS if len(figures) > 1 else UNITS[:5])) for path in figures} if units_in in ("heading", "row") else {}
    table_unit = draw(st.sampled_from(UNITS[:5])) if units_in in ("line", "title") else ""
    pad, breaks = draw(st.booleans()), draw(st.booleans())

    above = draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=4))
    if units_in == "title" or number:
        above = [f"表{number + 1} {draw(st.sampled_from(['甲', '乙', '丙']))}园区数据" + (f"（{table_unit}）" if units_in == "title" else ""), *above]
    for title in above:
        out.add("m", title)
    if above and not number and draw(st.booleans()):
        out.add("b", *[""] * width)
    if units_in == "line":
        out.add("m", *[""] * (width - 1), f"单位：{table_unit}")

    def heading(path: list[str], level: int, text: str) -> str:
        if pad and len(text) == 2:
            text = f"{text[0]}　{text[1]}"
        if level == len(path) - 1 and units_in == "heading" and "_".join(path) in units:
            text += ("\\n" if breaks else "") + f"（{units['_'.join(path)]}）"
        return text

    header: list[list[str]] = []
    for level in range(depth):
        cells = []
        for place, path in enumerate(paths):
            is_same = place > 0 and len(path) > level + 1 and paths[place - 1][: level + 1] == path[: level + 1]
            cells.append("^" if level >= len(path) else "<" if is_same else heading(path, level, path[level]))
        header.append(cells)
    for cells in header:
        out.add("h", *cells)
    if units_in == "row":
        out.add("h", *[""] * len(labels), *units.values(), *[""] * len(last))
    if draw(st.booleans()):
        out.add("h", *"甲乙丙"[: len(labels)], *[str(place + 1) for place in range(width - len(labels))])

    _body(draw, out, labels, len(figures), last, header)
    return " ".join("_".join(path) for path in paths), units | ({"": table_unit} if table_unit else {})


def _body(draw: st.DrawFn, out: Written, labels: list[str], figures: int, last: list[str], header: list[list[str]]) -> None:
    decimals = [draw(st.integers(0, 2)) for _ in range(figures)]
    parts = [draw(st.integers(2, 5)) for _ in range(draw(st.integers(1, 3)))]
    names = iter(draw(st.permutations(NAMES)))
    values = [[[draw(st.integers(1, 99_999)) for _ in range(figures)] for _ in range(part)] for part in parts]
    has_sections = len(parts) > 1 and draw(st.booleans())
    subtotal = draw(st.sampled_from(["", "小计", "小　计", "unnamed"])) if len(parts) > 1 else ""
    total = draw(st.sampled_from(["", "top", "bottom"]))
    marked, gaps, paged, set_in = (draw(st.booleans()) for _ in range(4))
    set_in = set_in and labels == ["名称"]
    places = len(labels) - 1

    def shown(numbers: list[int]) -> list[str]:
        return [f"{number / 10**places:.{places}f}" for number, places in zip(numbers, decimals, strict=True)]

    def sums(rows: list[list[int]]) -> list[str]:
        return shown([sum(column) for column in zip(*rows, strict=True)])

    def total_row(label: str, rows: list[list[int]]) -> None:
        out.add("t", *([label] + [""] * places), *sums(rows), *[""] * len(last))

    every = [row for part in values for row in part]
    if total == "top":
        total_row("合　计", every)
    count = 0
    for number, part in enumerate(values):
        if has_sections:
            out.add("s", f"{'一二三'[number]}、{'甲乙丙'[number]}类", *[""] * (places + figures + len(last)))
        for at, row in enumerate(part):
            if gaps and at == 1:
                out.add("b", *[""] * (places + 1 + figures + len(last)))
            count += 1
            cells = shown(row)
            if marked and not subtotal and not total and figures > 1 and at == 0:
                cells[0] = draw(st.sampled_from(MARKS))
            level = at % 3 if set_in else 0
            label = ["序号" in labels and str(count), "类别" in labels and ("^" if at and not (gaps and at == 1) else f"{'甲乙丙'[number]}组"),
                     "　" * level + next(names)]
            tail = [f"0{91620100 * 10**9 + count * 7919:017d}"] if last == ["统一社会信用代码"] else ["续建" if count % 2 else ""] if last else []
            out.add("d", *[cell for cell in label if cell is not False], *cells, *tail)
            if level:
                out.levels[out.rows] = level
        if subtotal:
            total_row("" if subtotal == "unnamed" else subtotal, part)
        if paged and number == 0 and len(parts) > 1:
            out.add("m", "续表")
            for cells in header:
                out.add("h", *cells)
    if total == "bottom":
        total_row("合　计", every)
    footers = draw(st.sampled_from([0, 0, 1, 2, 5]))
    for footer in FOOTERS[:footers]:
        out.add("f", footer)


@st.composite
def messy(draw: st.DrawFn, form: str) -> Layout:
    """One table or two below each other, with blank rows and columns behind."""
    out = Written()
    columns, units = [], []
    for number in range(draw(st.sampled_from([1, 1, 2]))):
        if number:
            out.add("b", "")
            out.lines.append("====")
        names, of = draw(table(out, number, 4))
        columns.append(names)
        units.append(of)
    if draw(st.booleans()):
        out.lines = [line if line.startswith("====") else f"{line} |  |" if " " in line else f"{line} | |" for line in out.lines]
        out.add("b", "", "")
    layout = Layout(name="messy", text="\n".join(out.lines), columns=columns, units=units, forms=[form], levels=out.levels)
    return replace(layout)
