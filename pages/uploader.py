"""The place to drop files on, in the language spoken: Streamlit's own words are English."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from language import SOURCE, _, spoken
from warehouse.jobs.uploads import UPLOAD_BYTES

MIB = 1 << 20


def uploader(label: str, key: str) -> Sequence[UploadedFile]:
    """Files of any kind, up to the size that a page takes."""
    failed = _("标红的没有收下。请：停在上面看原因；换成 Excel、WPS 表格或 CSV 文件再交。")
    shape = f'{_SHAPE}[data-testid=stFileUploader]:has([data-testid=stFileChip][aria-invalid=true])::after{{content:"{failed}";font-size:0.875rem;font-weight:600}}'
    if spoken() != SOURCE:
        st.html(f"<style>{shape}</style>")
    else:
        words = {"stFileUploaderDropzone] button p": _("选择文件"),
                 "stFileUploaderDropzoneInstructions] span": _("或把文件拖到这里。Excel、WPS、CSV、网页表格都可以，不必改名，不必改格式；每个至多 {most} MB",
                                                              most=UPLOAD_BYTES // MIB)}
        hidden = "".join(f'[data-testid={where}{{font-size:0;white-space:normal}}[data-testid={where}::after{{content:"{said}";font-size:0.875rem}}'
                         for where, said in words.items())
        st.html(f"<style>{shape}{hidden}</style>")
    return st.file_uploader(label, accept_multiple_files=True, key=key, max_upload_size=UPLOAD_BYTES // MIB)


_SHAPE = "[data-testid=stFileUploaderDropzone]{min-height:6.5rem;align-items:center;border-style:dashed;border-width:1.5px}"
