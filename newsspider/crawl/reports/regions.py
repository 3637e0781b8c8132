"""Names of China's regions (ISO 3166-2), as readers of a report know them."""

from typing import Final

REGIONS: Final = {
    "CN": "全国",
    "CN-AH": "安徽",
    "CN-BJ": "北京",
    "CN-CQ": "重庆",
    "CN-FJ": "福建",
    "CN-GD": "广东",
    "CN-GS": "甘肃",
    "CN-GX": "广西",
    "CN-GZ": "贵州",
    "CN-HA": "河南",
    "CN-HB": "湖北",
    "CN-HE": "河北",
    "CN-HI": "海南",
    "CN-HK": "香港",
    "CN-HL": "黑龙江",
    "CN-HN": "湖南",
    "CN-JL": "吉林",
    "CN-JS": "江苏",
    "CN-JX": "江西",
    "CN-LN": "辽宁",
    "CN-MO": "澳门",
    "CN-NM": "内蒙古",
    "CN-NX": "宁夏",
    "CN-QH": "青海",
    "CN-SC": "四川",
    "CN-SD": "山东",
    "CN-SH": "上海",
    "CN-SN": "陕西",
    "CN-SX": "山西",
    "CN-TJ": "天津",
    "CN-TW": "台湾",
    "CN-XJ": "新疆",
    "CN-XZ": "西藏",
    "CN-YN": "云南",
    "CN-ZJ": "浙江",
}


def region_name(code: str) -> str:
    """Return "河南 CN-HA"; a code that is not known stays as it is."""
    return f"{REGIONS[code]} {code}" if code in REGIONS else code
