"""Typed-in case snapshots for the tests of the documents. All names and numbers are invented."""

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.tests.documents.people import OFFICERS
from xiuhua.cases.tests.documents.sample_muck import muck


def vending(year: str = "2018", fine: int = 50) -> dict[str, Any]:
    """A summary case of a citizen, decided on the spot."""
    day = f"{year}-05-16"
    return {
        "case": {
            "case_no": "示例-简-0001",
            "procedure": "summary",
            "authority_kind": "district_bureau",
            "lead_source": "patrol",
            "lead_received_on": day,
            "closed_on": f"{year}-05-22",
            "close_reason": "performed",
        },
        "party": {
            "kind": "citizen",
            "name": "张示例",
            "sex": "male",
            "birth_date": "1980-03-02",
            "id_no": "310115198003020000",
            "address": "浦东新区示例路1号",
            "phone": "13800000000",
        },
        "cause": {
            "code": "SR11",
            "name": "占道设摊经营",
            "violates": "SHCA §25(1)",
            "basis": "SHCA §25(2)",
            "floor": 50,
            "ceiling": 500,
            "kinds_allowed": ["fine"],
        },
        "violation": {
            "occurred_on": day,
            "ended_on": day,
            "discovered_on": day,
            "place": "浦东新区示例路2号门前人行道",
            "facts": "擅自占用道路摆设水果摊位一个，占地约2平方米，经劝告拒不离开",
        },
        "officers": OFFICERS,
        "inspections": [
            {
                "id": "R1",
                "kind": "scene",
                "on": day,
                "from_at": f"{day}T09:10",
                "to_at": f"{day}T09:20",
                "present": "张示例（当事人本人）",
                "officer_ids": ["A", "B"],
                "recorder_id": "B",
                "certificate_shown": True,
                "weather": "晴",
                "facts": "人行道上有折叠桌一张、水果筐六个，占地约2平方米，妨碍行人通行。",
                "measurements": "摊位长2.0米，宽1.0米，所占人行道余宽1.2米。",
                "drawing": "附后",
                "video_ref": "V1",
                "party_signed": False,
                "refusal_noted": True,
                "refusal_reason": "当事人认为笔录与其无关",
                "no_witness_reason": "现场无其他人员愿意作证，过程已录像",
            }
        ],
        "evidence": [
            {
                "id": "E1",
                "kind": "audio_visual",
                "name": "现场录像",
                "note": "现场录像 09:10-09:30",
                "shows": "当事人占道设摊的经过",
                "collected_on": day,
                "collected_by": ["A", "B"],
                "captured_at": f"{day}T09:10:05",
                "device_id": "记录仪-示例-01",
                "carrier": "证据库",
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "source": "officers",
                "relied_on": True,
            }
        ],
        "persuasion": {
            "at": f"{day}T09:10",
            "facts": "当事人在人行道摆设水果摊。",
            "content": "告知《上海市市容环境卫生管理条例》关于禁止占道设摊的规定，要求立即离开。",
            "result": "当事人收摊离开",
            "officer_ids": ["A", "B"],
            "video_ref": "V1",
        },
        "decision": {
            "number": f"1{year[2:]}0100001",
            "decided_on": day,
            "time": "09:25",
            "place": "浦东新区示例路2号门前",
            "delivered_on": day,
            "kinds": ["fine"],
            "fine": fine,
            "tier": "lighter",
            "basis": "SHCA §25(2)",
            "signed_by": ["A", "B"],
            "defence_noted": True,
            "bank_name": "示例银行",
            "pay_days": 15,
        },
        "services": [],
        "payment": {
            "method": "bank",
            "items": [{"on": f"{year}-05-18", "amount": fine, "receipt_no": "示例票0001"}],
        },
        "documents": [
            {"kind": "fine_receipt", "issued_on": f"{year}-05-18"},
            {"kind": "on_spot_decision", "number": f"1{year[2:]}0100001", "issued_on": day, "page_from": 1},
        ],
        "archive": {
            "archived_on": f"{year}-05-31",
            "case_count_in_volume": 32,
            "index_pages": 96,
            "actual_pages": 96,
            "retention": "10年",
            "volume_no": "示例卷0001",
            "archivist_id": "S",
            "checker_id": "H",
            "checked_on": f"{year}-06-01",
        },
        "recording": [{"step": "scene", "item_ids": ["V1", "V2"]}],
    }


def fume() -> dict[str, Any]:
    """An ordinary case under the law of 2023: hearing offered, discussed by the leaders, paid by instalments."""
    return merged(
        muck(),
        {
            "case": {"lead_source": "report", "lead_received_on": "2023-03-28", "closed_on": "2023-09-08"},
            "lead": {"reporter_sealed": False, "reporter_name": "王示例", "reporter_phone": "021-00000009"},
            "party": {
                "name": "示例餐饮有限公司",
                "usci": "91310115MA1H7XMP2T",
                "legal_representative": "王示例",
                "address": "浦东新区示例路5号",
            },
            "cause": {
                "code": "HB01",
                "name": "油烟净化设施不正常使用",
                "violates": "APL §81(1)",
                "basis": "APL §118(1)",
                "floor": 5000,
                "ceiling": 50000,
            },
            "violation": {
                "occurred_on": "2023-03-01",
                "ended_on": "2023-03-29",
                "discovered_on": "2023-03-29",
                "continuing": True,
                "place": "浦东新区示例路5号1层",
                "facts": "经营餐饮期间油烟净化设施停用，油烟浓度经检测为3.82毫克/立方米，超过2.0毫克/立方米的限值",
            },
            "filing": {"approved_on": "2023-03-31", "proposed_on": "2023-03-31"},
            "correction": {"ordered_on": "2023-04-06", "due_on": "2023-04-20", "rechecked_on": "2023-04-21"},
            "investigation_report": {"on": "2023-04-25", "proposed_fine": 50000, "tier": "heavier"},
            "notice": {
                "number": "示例罚告〔2023〕0003号",
                "issued_on": "2023-05-06",
                "served_on": "2023-05-08",
                "party_name": "示例餐饮有限公司",
                "basis": "APL §118(1)",
                "planned_fine": 50000,
                "defence_days": 5,
                "tells_hearing": True,
            },
            "defence": {
                "received_on": "2023-05-10",
                "rechecked_on": "2023-05-12",
                "adopted": True,
                "reason": "已完成整改，部分采纳",
            },
            "hearing": {"told_on": "2023-05-08"},
            "discussion": {
                "on": "2023-05-17",
                "from_at": "2023-05-17T14:00",
                "to_at": "2023-05-17T15:10",
                "place": "三楼会议室",
                "chair_id": "Z",
                "present_ids": ["Z", "Y", "X"],
                "observers": "法制科、案件管理中心负责人",
                "reporter_id": "A",
                "recorder_id": "S",
                "opinions": [
                    {"person_id": "X", "opinion": "事实清楚，同意处罚，建议考虑整改情况。"},
                    {"person_id": "Y", "opinion": "同意，罚款数额可以适当降低。"},
                    {"person_id": "Z", "opinion": "同意上述意见。"},
                ],
                "conclusion": "一致同意对当事人作出行政处罚，部分采纳申辩意见。",
                "conclusion_fine": 45000,
            },
            "decision": {
                "number": "2230300001",
                "decided_on": "2023-05-18",
                "delivered_on": "2023-05-22",
                "fine": 45000,
                "tier": "heavier",
                "basis": "APL §118(1)",
                "aggravation_ground": "一年内再次违法",
                "change_reason": "采纳部分申辩意见",
            },
            "deferral": {
                "kind": "instalment",
                "number": "3230300001",
                "applied_on": "2023-05-29",
                "approved_on": "2023-06-02",
                "decision_received_on": "2023-05-22",
                "reason": "经营场所停业整改，流动资金紧张",
                "papers": "近三个月财务报表复印件一份",
                "plan": [
                    {"due": "2023-06-30", "amount": 15000},
                    {"due": "2023-07-31", "amount": 15000},
                    {"due": "2023-08-31", "amount": 15000},
                ],
            },
            "no_penalty": {
                "decided_on": "2023-05-18",
                "ground": "first",
                "education": "讲解大气污染防治规定，提示按期清洗、维护净化设施",
            },
            "payment": {
                "method": "bank",
                "items": [
                    {"on": "2023-06-28", "amount": 15000, "receipt_no": "示例票1001"},
                    {"on": "2023-07-31", "amount": 15000, "receipt_no": "示例票1002"},
                    {"on": "2023-08-30", "amount": 15000, "receipt_no": "示例票1003"},
                ],
            },
            "archive": {"archived_on": "2023-09-20", "index_pages": 78, "actual_pages": 78},
        },
    )


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `base` with the values of `change`; dicts merge deeply, everything else is replaced."""
    found = dict(base)
    for name, value in change.items():
        old = found.get(name)
        found[name] = merged(old, value) if isinstance(value, dict) and isinstance(old, dict) else value
    return found
