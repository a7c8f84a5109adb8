"""租约：空间单元租给谁。One row per lease."""

from etl.contract import AtMost, Feed, InOrder, day, money, number, text


class Leases(Feed, title="租约", departments="D09 D10", rhythm="monthly", mode="full", shared_key=True,
             rules=(InOrder("starts_on", "ends_on"), AtMost("rent_waived_cny", "rent_due_cny")), ignored=("序号", "承租单位", "备注")):
    lease_id = text("租约编号", "租赁合同编号", key=True, required=True)
    unit_id = text("空间单元编号", "单元编号", required=True)
    tenant_org_id = text("承租单位代码", "承租单位统一社会信用代码", required=True)
    area_m2 = number("面积", "租赁面积", low=0, required=True)
    starts_on = day("起租日期", "起租日", required=True, ahead=True)
    ends_on = day("止租日期", "止租日", ahead=True)
    rent_due_cny = money("月租金应收", "应收月租金", unit="元")
    rent_waived_cny = money("月租金减免", "减免月租金", unit="元")
    agreement_id = text("先投协议编号", "协议编号")
