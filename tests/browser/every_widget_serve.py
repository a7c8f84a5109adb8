"""Serves every_widget.py behind the same headers and the same shell as the pages, uploads looked at as theirs."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from door.headers import Headers
from door.shell import Shell
from door.uploads import Sniffed

app = st.App("every_widget.py", middleware=[Middleware(Headers), Middleware(Shell), Middleware(Sniffed)])
