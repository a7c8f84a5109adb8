"""技术经理人：在聘人员，只留编号。One row per manager."""

from etl.contract import Feed, day, personal, several, text, word

GRADES = {"初级": "junior", "中级": "middle", "高级": "senior", "未定级": "ungraded"}
ABILITIES = {"懂科技": "technology", "懂产业": "industry", "懂资本": "capital", "懂市场": "market", "懂管理": "management"}


class TechManagers(Feed, title="技术经理人", departments="D08", rhythm="monthly", mode="full", is_about_persons=True,
                   ignored=("序号", "所属机构", "备注")):
    manager_id = text("经理人编号", "技术经理人编号", key=True, required=True, is_person=True)
    org_id = text("所属机构代码", "所属机构统一社会信用代码")
    grade = word("级别", GRADES, "职称级别", required=True)
    certified_until_on = day("证书有效期至", "证书有效期", ahead=True)
    abilities = several("能力标签", ABILITIES)
    engaged_on = day("聘任日期", required=True)
    person_name = personal("姓名", "经理人姓名")
    identity_no = personal("身份证号", "身份证号码", "身份证")
    mobile_no = personal("手机", "手机号", "手机号码", "联系电话")
