"""Every widget of Streamlit that a page may use, served as the pages are: `streamlit run tests/browser/every_widget_serve.py`."""

from __future__ import annotations

import datetime as dt

import polars as pl
import streamlit as st

CHOICES = ["甲", "乙", "丙"]
st.set_page_config(page_title="各种控件", layout="wide")


@st.dialog("一个对话框")
def asked() -> None:
    """What opens over the page."""
    st.text_input("对话框里的文字", key="inside")


st.text_input("文字", key="text")
st.text_input("密码", type="password", value="abc")
st.text_area("长文字", key="long")
st.number_input("数", value=3)
st.selectbox("单选", CHOICES, index=None)
st.multiselect("多选", CHOICES, key="several")
st.multiselect("多选，已选", CHOICES, default=["甲"], max_selections=1)
st.date_input("日期", dt.date(2026, 10, 31), key="day")
st.date_input("起止", (dt.date(2026, 10, 1), dt.date(2026, 10, 31)), key="span")
st.time_input("时间", None)
st.file_uploader("文件", key="file")
st.file_uploader("多个文件", accept_multiple_files=True, type=["csv"])
st.file_uploader("小文件", key="small", max_upload_size=1)
st.dataframe(pl.DataFrame({"名称": CHOICES, "数": [1, 2, 3]}), key="grid")
st.slider("滑块", 0, 10)
st.code("代码", language=None)
with st.form("form"):
    st.text_input("表单里的文字", key="in-form")
    st.form_submit_button("提交")
with st.popover("浮层"):
    st.write("内容")
with st.expander("展开"):
    st.write("内容")
st.tabs(["甲页", "乙页"])
if st.button("打开对话框"):
    asked()
if st.button("出通知"):
    st.toast("一条通知")
