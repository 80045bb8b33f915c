"""The invented people and the header of the sample documents."""

from xiuhua.cases.documents import Contact, Header, Officer

AUTHORITY = "上海市浦东新区城市管理行政执法局"
PEOPLE = {
    "H": "示例中队长",
    "C": "示例审理人",
    "L": "示例审核人",
    "Z": "示例局长",
    "Y": "示例副局长",
    "X": "示例总队长",
    "S": "示例书记员",
}


def header(number: str = "", issued_on: str = "", *, seal: bool = False) -> Header:
    return Header(
        authority_name=AUTHORITY,
        number=number,
        issued_on=issued_on,
        seal=seal,
        unit_name="示例街道中队",
        contact=Contact("示例甲、示例乙", "021-00000000", "浦东新区示例路100号", "200000"),
        officers=(Officer("示例丁", "示例0004", "D"),),
        people=PEOPLE,
        bodies={
            "district_government": "上海市浦东新区人民政府",
            "city_department": "上海市城市管理行政执法局",
        },
        court_name="上海市示例区人民法院",
    )
