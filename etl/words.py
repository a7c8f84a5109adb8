"""Vocabularies that several feeds share: as written → code. The first word of a code is the one messages use."""

from __future__ import annotations

STAGES = {"研发": "rd", "研究开发": "rd", "概念验证": "poc", "小试": "small", "实验室小试": "small", "中试": "pilot",
          "中试熟化": "pilot", "转化落地": "landed", "成果转化": "landed", "转化": "landed", "产业化": "industrial", "量产": "industrial"}
VALIDITY = {"有效": "valid", "作废": "void"}
DATUMS = {"WGS84": "wgs84", "WGS-84": "wgs84", "CGCS2000": "cgcs2000", "GCJ02": "gcj02", "GCJ-02": "gcj02", "BD09": "bd09", "BD-09": "bd09"}
LEVELS = {"国家": "national", "国家级": "national", "省": "provincial", "省级": "provincial", "市": "municipal", "市级": "municipal",
          "新区": "new_area", "新区级": "new_area"}
FACILITY_STATUS = {"申报": "applied", "规划": "planned", "建设": "under_construction", "在建": "under_construction", "投用": "in_use",
                   "已投用": "in_use"}
GRADES = {"高": "high", "中": "medium", "低": "low"}
