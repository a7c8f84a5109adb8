"""佐证材料目录：事件与落地的凭据。One row per document."""

from etl.contract import Feed, day, text, void_mark


class Evidence(Feed, title="佐证材料目录", departments="*", rhythm="events", mode="events", dated_by="made_on", shared_key=True):
    evidence_id = text("佐证材料编号", "佐证编号", "材料编号", key=True, required=True)
    document_name = text("名称", "材料名称", required=True)
    document_kind = text("类型", "材料类型", required=True)
    document_no = text("文号")
    made_on = day("形成日期")
    location = text("存放位置")
    sha256 = text("SHA256", pattern="[0-9A-Fa-f]{64}")
    validity = void_mark()
