"""The command line of the data side: python -m etl --help."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from etl import auditing, commands, showing
from etl import status as status_of
from etl.failing import EXPECTED, told
from etl.feeds import FEEDS
from etl.freezing import frozen
from etl.geometry import command as geometry
from etl.headings import map_headings
from etl.home import VARIABLE
from etl.report import legible
from etl.returning import command as returning
from etl.work import command as work

EXIT_CODES = """退出码：
  0  已发布，或没有新内容        10  有文件被退回或待确认（其余照常发布）
  2  参数不对                    11  某张表不成立，未发布
  13 另一次刷新正在进行          12  关键检查不过，未发布
  14 磁盘或数据目录不可用"""


def parser() -> argparse.ArgumentParser:
    """All commands and their arguments."""
    top = argparse.ArgumentParser(prog="python -m etl", description="甘智汇科创园数据看板：部门文件 → 已发布的数据仓库",
                                  epilog=f"数据目录由环境变量 {VARIABLE} 指定，默认 ./data。\n{EXIT_CODES}",
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
    commands_ = top.add_subparsers(dest="command", required=True, metavar="命令")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands_.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add("demo", commands.demo, "写出演示用的部门文件并刷新（演示数据）")
    refresh = add("refresh", commands.refresh, "收取收件夹中的新文件，检查并发布")
    refresh.add_argument("--inbox", type=Path, help="收件夹，默认为数据目录下的 inbox")
    status = add("status", status_of.status, "各部门应报、已报、逾期、待改正、待核对；待确认与已退回的文件")
    status.add_argument("--department", metavar="部门", help="只看一个部门：编号、名称或简称")
    status.add_argument("--all", action="store_true", help="与 --json 同用：另含待改正、待核对的数目，以及待确认与已退回的文件")
    history = add("history", showing.history, "历次发布")
    rollback = add("rollback", commands.rollback, "换回较早的一期，其后收到的文件暂停使用")
    rollback.add_argument("snapshot", nargs="?", help="快照编号，默认为上一期")
    restated = add("restate", commands.restate, "把较早的一期按现行口径与程序重放，供会间变化比较（不发布）")
    restated.add_argument("snapshot", metavar="快照", help="较早一期的快照编号，见 history")
    restated.add_argument("--to", metavar="快照", help="与哪一期比较，默认为当前")
    inspect = add("inspect", showing.inspect, "看一个文件会被怎样读")
    inspect.add_argument("file", type=Path)
    inspect.add_argument("--sheet", metavar="工作表", help="只看这个工作表")
    inspect.add_argument("--feed", choices=sorted(FEEDS), metavar="报表", help=f"按这张报表的列名来读：{'、'.join(sorted(FEEDS))}")
    inspect.add_argument("--rows", type=_count, default=0, metavar="行数", help="列出头尾各多少行数据")
    answer = add("answer", returning.answer, "写出一个文件的退回件：部门自己的表，退回的单元格标红并附原因")
    answer.add_argument("file", metavar="文件", help="文件的位置，或收到的文件的文件名、文件号、指纹")
    template = add("template", returning.template, "写出一张报表的空白模板（XLSX）")
    template.add_argument("feed", metavar="报表", help="报表名称，如 产值 或 output_values；all 为全部")
    metric = add("metric", showing.metric, "一个指标的数值与构成它的行")
    metric.add_argument("metric", nargs="?", metavar="指标")
    metric.add_argument("--list", action="store_true", help="列出全部指标")
    metric.add_argument("--as-of", type=_day, metavar="日期", help="发生截至日，如 2026-10-31")
    metric.add_argument("--snapshot", metavar="快照", help="知悉截至：快照编号，默认为当前")
    metric.add_argument("--zone", metavar="空间", help="只计一个空间，如 chem")
    rule = add("rule", commands.rule, "用一个 CSV 改参照表的行（留下记事，下次刷新生效）")
    rule.add_argument("file", type=Path)
    shapes = add("geometry", geometry.geometry, "用业主的 GeoJSON 换下空间的示意图形（留下记事，下次刷新生效）")
    shapes.add_argument("file", type=Path, metavar="文件", help="核心区与七个承载区的边界，FeatureCollection")
    shapes.add_argument("--datum", choices=geometry.DATUMS, metavar="坐标系", help=f"{'、'.join(geometry.DATUMS)}；文件里写明的可省略")
    feeds = add("feeds", commands.feeds, "由报表的声明写出说明页与 ODCS v3 合同（docs/feeds/）")
    feeds.add_argument("--to", type=Path, default=Path("docs/feeds"), metavar="文件夹", help="写到哪里，默认 docs/feeds")
    mapped = add("map", map_headings, "说明一个报送主体自己的列名是什么，或不用（留下记事，记住，可收回）；不给列名则列出已说明的")
    mapped.add_argument("feed", metavar="报表", help="如 stage_events 或 阶段事件")
    mapped.add_argument("pairs", nargs="*", metavar="列名=列名", help="文件中的列名=报表的列名")
    mapped.add_argument("--sender", metavar="部门[/主体]", help="部门代码、名称或别名；D07、D10 另写驻点或运营主体")
    mapped.add_argument("--ignore", action="append", default=[], metavar="列名", help="这一列不用")
    mapped.add_argument("--forget", action="append", default=[], metavar="列名", help="收回先前的说明")
    mapped.add_argument("--by", type=_name, metavar="姓名", help="由谁决定")
    auditing.arguments(add("audit", auditing.audit, "审计记录：核对、列出、移存"))
    add("work", work.work, "做页面上提交的任务，一项接一项，做完即止（由页面或 systemd 启动）")
    submit = add("submit", work.submit, "报送一个文件并发布：与网页、收件夹同一流程、同样留下记录")
    submit.add_argument("file", type=Path, metavar="文件")
    submit.add_argument("--department", required=True, metavar="部门", help="编号、名称或简称")
    submit.add_argument("--sender", default="", metavar="主体", help="D07 的驻点，D10 的运营主体")
    submit.add_argument("--by", required=True, type=_name, metavar="姓名", help="由谁报送")
    submit.add_argument("--as-of", type=_day, metavar="日期", help="文件未写明时的截至日")
    submit.add_argument("--comment", action="append", default=[], metavar="说明", help="对文件的说明，可多次")
    submit.add_argument("--certify", action="store_true", help="由 --by 签认")
    submit.add_argument("--replaces", type=int, metavar="文件号", help="更换哪个已计入的文件")
    submit.add_argument("--try", action="store_true", dest="is_trial", help="只试算，不报送")
    add("frozen", frozen, "记下写好的专刊（由 python -m exports freeze 调用）").add_argument("folder", type=Path, metavar="文件夹")
    confirm = add("confirm", commands.confirm, "确认一个待确认的文件，使其计入")
    withdraw = add("withdraw", commands.withdraw, "撤下一个已计入的文件")
    for command in (confirm, withdraw):
        command.add_argument("file", type=int, metavar="文件号", help="见 status")
        command.add_argument("--by", required=True, type=_name, metavar="姓名", help="由谁决定")
    confirm.add_argument("--as-of", type=_day, metavar="日期", help="文件未写明时的截至日")
    for command in (answer, template):
        command.add_argument("-o", "--out", type=Path, metavar="位置", help="写到哪个文件或文件夹，默认为当前文件夹；已有的文件不覆盖")
    for command in (status, history, inspect, metric, mapped, submit):
        command.add_argument("--json", action="store_true", help="输出 JSON")
    return top


def _name(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("要写明由谁决定")
    return text.strip()


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"“{text}”不是行数；应为 0 或更大的整数")
    return int(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期；应为 2026-10-31 这样的日期") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. A sentence on standard error says what is wrong."""
    top = parser()
    asked, rest = top.parse_known_args(arguments)
    if rest and not (asked.command == "map" and all("=" in word and not word.startswith("-") for word in rest)):
        top.error(f"不认识的参数：{' '.join(rest)}")
    if rest:
        asked.pairs += rest  # argparse takes what follows the options for none of its own
    try:
        code: int = asked.run(asked)
        return code
    except KeyboardInterrupt:
        return _tell("已中断；先前的数据照常可用，下次刷新会接着做。", 130)
    except BrokenPipeError:  # whoever read our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except EXPECTED as problem:
        return _tell(*told(problem))


def _tell(problem: object, code: int) -> int:
    print(legible(str(problem)), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
