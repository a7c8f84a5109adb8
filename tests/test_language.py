"""Every word of the interface is in the catalogue of every language, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import polars as pl
import pytest
from babel.messages.catalog import Message

from analytics.facts import FACTS
from etl.feeds import FEEDS
from etl.tables import feed_table
from language import LANGUAGES, SOURCE, _, counted, listed, speaking
from language.words import ROOT, SPEAKING, TEMPLATE, brought_up_to_date, collected, load, path_of, write
from warehouse.build import REFERENCE

HAN = re.compile("[一-鿿，。；：、（）“”]")
OTHERS = [code for code in LANGUAGES if code != SOURCE]


def messages(code: str) -> list[Message]:
    return [message for message in load(code) if message.id]


def texts(said: object) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, list | tuple) else (str(said),)


@pytest.mark.parametrize("code", OTHERS)
def test_the_catalogue_holds_the_words_of_the_code_and_no_others(code: str, tmp_path: Path) -> None:
    write(brought_up_to_date(code), tmp_path / "catalogue.po")
    assert (tmp_path / "catalogue.po").read_text(encoding="utf-8") == path_of(code).read_text(encoding="utf-8"), "run: make words"


def test_the_chinese_catalogue_is_what_the_code_says(tmp_path: Path) -> None:
    write(collected(), tmp_path / "messages.pot")
    assert (tmp_path / "messages.pot").read_text(encoding="utf-8") == TEMPLATE.read_text(encoding="utf-8"), "run: make words"


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_is_put_into_words(code: str) -> None:
    assert [message.id for message in messages(code) if message.fuzzy or not all(texts(message.string))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_chinese_is_left_in_another_language(code: str) -> None:
    assert [text for message in messages(code) for text in texts(message.string) if re.search("[一-鿿]", text)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_part_of_a_sentence_is_in_its_translation(code: str) -> None:
    def parts(text: str) -> set[str]:
        filled = text.replace("{{", "{").replace("}}", "}")
        return {name for _text, name, _form, _kind in Formatter().parse(filled) if name}

    wrong = [(message.id, text) for message in messages(code) for said in texts(message.id)[:1] for text in texts(message.string)
             if parts(text) != parts(said) and not (isinstance(message.id, tuple) and parts(text) < parts(said) and text == texts(message.string)[0])]
    assert wrong == []


def bare(path: Path) -> Iterator[str]:
    """Chinese texts that are not handed to the catalogue, docstrings apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    marked = {id(text) for call in ast.walk(tree) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "N_", "counted")
              for text in call.args}
    spoken_of = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value) and id(node) not in marked | spoken_of:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.value}"


# What is Chinese and no word of the interface: codes of the tables, what names end in, names of languages, and patterns that look for Chinese.
CODES = {"元", "未定", "产业承载区", "中文", "(?<=[：，；])", "[（(]", r"^[=+\-@\t\r\n＝＋－＠]", "已定", "拟定", "口径变更", "范围变更", "程序修正",
         "迟报补录", "更正撤销", "更正修订", "真实新增", "真实减少", "待分", "补报与更正", "真实变化",
         "^（[^）]*）|(股份|责任)?(有限)?公司$", "有限$|有限责任$",
         "序", "^（[^）]*）|投资|基金$", "(?<=[0-9%—])[ ](?=[一-鿿])|(?<=[一-鿿）])[ ](?=[0-9<>])",
         "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "华文中宋", "仿宋", "楷体",  # fonts
         "报告标题", "报告说明", "表题", "表格", "图", "图题", "附注", "页眉标注", "页码"}  # styles of the Word document


def test_no_word_of_the_interface_goes_past_the_catalogue() -> None:
    places = [path for place in SPEAKING if place != "serve.py" for path in sorted(ROOT.glob(place.replace("**.py", "**/*.py")))]
    found = [each for path in places for each in bare(path) if each.split(" ", 1)[1] not in CODES]
    assert len(places) > 40
    assert found == []


def test_the_rule_finds_a_word_that_goes_past_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_language.ROOT", tmp_path)
    (tmp_path / "page.py").write_text('"""文档"""\nsaid = _("在册")\nf"{said}外"\nHEAD = "漏掉"\n', encoding="utf-8")
    assert list(bare(tmp_path / "page.py")) == ["page.py:4 漏掉", "page.py:3 外"]


@pytest.mark.parametrize(("table", "column"), [("metrics", "unit"), ("goals", "unit"), ("metrics", "status"), ("goals", "status")])
def test_every_word_of_the_reference_tables_that_pages_say_is_known(table: str, column: str) -> None:
    words = set(pl.read_csv(REFERENCE / f"{table}.csv", infer_schema=False)[column].to_list())
    assert words
    assert words <= {text for message in messages("en") for text in texts(message.id)}


def test_every_word_of_the_vocabularies_that_dossiers_say_is_known() -> None:
    told = {each.feed for each in FACTS}
    said = {word for name in told for column, words in feed_table(FEEDS[name]).words.items() if column not in ("validity", "datum") for word in words.values()}
    assert len(said) > 150
    assert said <= {text for message in messages("en") for text in texts(message.id)}, "add them to analytics/vocabulary.py"


@pytest.mark.parametrize("table", ["metrics", "goals", "zones", "stages", "departments", "core_functions", "directions", "zone_facilities", "state_enterprises",
                                   "exposure_limits"])
def test_every_row_of_the_reference_tables_has_both_names(table: str) -> None:
    names = pl.read_csv(REFERENCE / f"{table}.csv", infer_schema=False).select("name_zh", "name_en")
    assert names.height
    assert names.filter(pl.any_horizontal(pl.all().is_null() | (pl.all() == ""))).height == 0


def test_a_sentence_is_said_in_the_language_spoken_and_no_longer() -> None:
    with speaking("en"):
        assert (_("总览"), counted("逾期 {n} 天", 1), counted("逾期 {n} 天", 1234)) == ("Overview", "1 day overdue", "1,234 days overdue")
        assert (_("{year}年{month}月", year=2026, month=3), listed(["A", "B"])) == ("2026-03", "A, B")
    assert (_("总览"), counted("逾期 {n} 天", 1), listed(["甲", "乙"])) == ("总览", "逾期 1 天", "甲、乙")
