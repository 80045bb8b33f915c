"""Roles as short classes of permissions, each with a sentence for the auditor. Pure.

An administrator of the system sees no personal registers; whoever investigates neither reviews nor approves
(`separation`).
"""

from __future__ import annotations

from dataclasses import dataclass

from xiuhua.kernel.authz import Reach


@dataclass(frozen=True, slots=True)
class Role:
    """A post's rights. `sentence` says them to an auditor; `reach` is how far they go over rows."""

    id: str
    label: str
    reach: Reach
    permissions: frozenset[str]
    sentence: str


def _role(id: str, label: str, reach: Reach, permissions: str, sentence: str) -> Role:
    return Role(id, label, reach, frozenset(permissions.split()), sentence)


_FIELD = (
    "leads.see leads.register leads.work cases.see cases.work registers.see registers.register "
    "evidence.see evidence.add reports.see duty.see duty.work"
)

ROLES = {
    r.id: r
    for r in (
        _role(
            "officer",
            "执法队员",
            Reach.UNIT,
            _FIELD,
            "持证执法：核查本单位线索，办理本单位案件，采集证据，执勤、巡查、检查；不审核、不批准。",
        ),
        _role(
            "auxiliary",
            "协管人员",
            Reach.UNIT,
            "leads.see leads.register duty.see duty.work",
            "协助执勤、巡查和登记线索；无执法证，不得执法（SHUM §16）。",
        ),
        _role(
            "squad_legal_clerk",
            "法制员",
            Reach.UNIT,
            _FIELD + " leads.dispatch money.reconcile forms.hand_out duty.plan duty.oversee devices.see "
            "devices.order oversight.see oversight.answer",
            "管理本单位案卷和线索流转，代录当事人行为，核对银行到账，发放编号文书纸，排班，看考勤和设备登记，向车载终端下发文字和参数，回复视频抽查；不作决定。",
        ),
        _role(
            "squad_head",
            "中队长",
            Reach.UNIT,
            _FIELD + " leads.dispatch duty.plan duty.oversee duty.decide duty.task devices.see devices.order "
            "positions.see oversight.see oversight.answer",
            "批准本单位立案、指定办案人员、结案，排班，批准换班和申诉，下达任务，说明事由后看人员车辆轨迹、"
            "令当班车辆定位和拍照，回复视频抽查；不得审批本人提请的事项。",
        ),
        _role(
            "brigade_head",
            "大队（支队）长",
            Reach.UNIT,
            _FIELD
            + " leads.dispatch org.mentor duty.plan duty.oversee duty.decide duty.task devices.see devices.order "
            "positions.see oversight.see oversight.answer",
            "批准本单位立案、指定办案人员、结案，排班，批准换班和申诉，下达任务，说明事由后看人员车辆轨迹、"
            "令当班车辆定位和拍照，回复视频抽查；不得审批本人提请的事项。",
        ),
        _role(
            "case_centre_reviewer",
            "案件审理人员",
            Reach.AUTHORITY,
            "cases.see cases.work registers.see evidence.see reports.see reviews.guide org.mentor",
            "审理以区局名义办理的普通程序案件；不得审理本人调查的案件。",
        ),
        _role(
            "legal_reviewer",
            "法制审核人员",
            Reach.AUTHORITY,
            "cases.see cases.work registers.see evidence.see reports.see reviews.guide",
            "决定前作法制审核；不得审核本人调查的案件（PPL21 §58）。",
        ),
        _role(
            "bureau_deputy_head",
            "分管副局长",
            Reach.AUTHORITY,
            "leads.see cases.see cases.work registers.see evidence.see reports.see reviews.divide reviews.guide "
            "org.delegate org.mentor duty.see duty.oversee duty.order duty.task exchange.see exchange.manage "
            "oversight.see oversight.decide",
            "以区局名义在法定幅度内作出决定，决定向其他机关共享什么，决定勤务等级和视频抽查申诉；不得决定本人调查的案件。",
        ),
        _role(
            "bureau_head",
            "局长",
            Reach.AUTHORITY,
            "leads.see cases.see cases.work registers.see evidence.see reports.see reviews.divide reviews.guide "
            "org.delegate org.mentor duty.see duty.oversee duty.order duty.task exchange.see exchange.manage "
            "oversight.see oversight.decide",
            "以区局名义作出决定，主持集体讨论，决定向其他机关共享什么，决定勤务等级和视频抽查申诉。",
        ),
        _role(
            "town_approver",
            "镇审批人",
            Reach.AUTHORITY,
            "leads.see cases.see cases.work registers.see evidence.see reports.see",
            "以镇人民政府名义审理、决定本镇案件（SHUM §4）。",
        ),
        _role(
            "hearing_host",
            "听证主持人",
            Reach.AUTHORITY,
            "cases.see cases.work evidence.see",
            "主持听证并记明经过；不得主持本人调查的案件（PPL21 §64）。",
        ),
        _role(
            "duty_dispatcher",
            "指挥调度员",
            Reach.BUREAU,
            "leads.see leads.register leads.verify leads.dispatch reports.see duty.see duty.order duty.task "
            "devices.see devices.order positions.see",
            "登记、核实、合并、派发全区线索，决定勤务等级，启动预案，下达任务，说明事由后看人员车辆轨迹、令当班车辆定位和拍照；看不到案件当事人。",
        ),
        _role(
            "command_operator",
            "指挥平台操作员",
            Reach.BUREAU,
            "leads.see reports.see duty.see devices.see positions.see",
            "看全区线索、勤务和人员车辆位置；不改动任何数据。",
        ),
        _role(
            "complaint_clerk",
            "诉件受理员",
            Reach.BUREAU,
            "leads.see leads.register leads.verify",
            "登记市民来件并核实；不派发。",
        ),
        _role(
            "evidence_custodian",
            "证据保管员",
            Reach.BUREAU,
            "cases.keep evidence.see forms.stock",
            "保管证据、查扣物品和编号文书纸，经手退还、处置；只看有查扣、登记保存物品的案件；不得修改，销毁须两人。",
        ),
        _role(
            "supervision_inspector",
            "督察员",
            Reach.BUREAU,
            "leads.see cases.see registers.see evidence.see reports.see duty.see duty.oversee duty.inspect "
            "devices.see positions.see exchange.see oversight.see oversight.review oversight.decide",
            "查看全区案件、勤务和对外共享的内容以督察，核查可疑签到，抽查执法视频；不查看、评定本人和本单位的视频，不办理案件。",
        ),
        _role(
            "file_reviewer",
            "案卷评查员",
            Reach.BUREAU,
            "cases.see registers.see evidence.see reports.see",
            "评查已结案卷；不办理案件。",
        ),
        _role(
            "statistics_clerk",
            "统计员",
            Reach.BUREAU,
            "cases.see reports.see duty.see devices.see",
            "由统计数打开案件、勤务、设备的行；看不到当事人名册和位置。",
        ),
        _role(
            "publicity_clerk",
            "公示专员",
            Reach.BUREAU,
            "cases.see cases.work reports.see",
            "公示处罚决定，隐去个人信息（PPL21 §48、§50）。",
        ),
        _role(
            "leader_read_only",
            "领导（只读）",
            Reach.BUREAU,
            "leads.see cases.see reports.see duty.see",
            "看全区线索、案件和统计；不改动。",
        ),
        _role(
            "auditor",
            "审计员",
            Reach.BUREAU,
            "record.see org.see exchange.see",
            "读全部记录（连同所涉事项的名称），核验记录，查看对外共享的每条内容；看不到名册和案卷内容。",
        ),
        _role(
            "system_administrator",
            "系统管理员",
            Reach.BUREAU,
            "org.see org.manage devices.see devices.manage",
            "管理单位、账号和任职，登记、变更、停用设备，设置终端参数；无权看线索、案件、名册和位置。",
        ),
        _role(
            "security_administrator",
            "安全管理员",
            Reach.BUREAU,
            "org.see org.secure",
            "停用账号、收回会话和密钥；无权看业务数据。",
        ),
        _role(
            "intake",
            "来件接口",
            Reach.OWN,
            "leads.post",
            "机器账号：只能经公开接口登记来件，查自己登记的来件。",
        ),
    )
}
