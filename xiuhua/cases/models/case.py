"""A case and its steps, documents and exhibits."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiuhua.cases.models.law import Cause
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area, LegalModel, LegalQuerySet

# Procedures beside the main road in which things lie with a custodian.
GOODS_IN_KEEPING = ("evidence_registration", "coercive_measure", "confiscated_goods")


def seen_through(user: Actor, path: str = "") -> models.Q | None:
    """The condition under which `user` may see a case, over relation `path`; None where nothing may be seen.

    A custodian sees those whose things were taken into keeping, and no others.
    """
    scope = user.scope("cases.see")
    if scope.everything:
        return models.Q()
    if user.scope("cases.keep").everything:
        kept = Matter.objects.filter(procedure__in=GOODS_IN_KEEPING).values("case")
        return models.Q(**{f"{path}pk__in": kept})
    if scope.nothing:
        return None
    return models.Q(**{f"{path}handling_unit__in": scope.units}) | models.Q(
        **{f"{path}authority__in": scope.authorities}
    )


# The state of a joint investigation in which what is shared is open to the officers whom the squad named.
SHARED_WHILE = "accepted"


def worked_jointly(user: Actor) -> list[int]:
    """Ids of other units' cases on which `user` works for a squad, among those whom it named, until the end."""
    units = user.scope("cases.work").units
    if user.officer_id is None or not units:
        return []
    at_work = Case.objects.filter(
        joint_works__state=SHARED_WHILE,
        joint_works__squad__in=units,
        joint_works__officers__officer=user.officer_id,
        closed_on__isnull=True,
    )
    return list(at_work.values_list("pk", flat=True))


class CaseQuerySet(LegalQuerySet["Case"]):
    def visible(self, user: Actor) -> Self:
        """Cases that are seen as a whole, and those of others on which the user works in joint investigation."""
        condition, joint = seen_through(user), worked_jointly(user)
        if condition is None:
            return self.filter(pk__in=joint) if joint else self.none()
        return (
            self.filter(condition | models.Q(pk__in=joint)) if joint and condition else self.filter(condition)
        )

    def whole(self, user: Actor) -> Self:
        """Cases of the user's units, or in the name of the user's authority, or all for bureau-wide posts."""
        condition = seen_through(user)
        return self.none() if condition is None else self.filter(condition)


T = TypeVar("T", bound=models.Model)


class PartOfCaseQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """What belongs to a case is seen by those who see the whole of it."""
        condition = seen_through(user, "case__")
        return self.none() if condition is None else self.filter(condition)


class SharedPartQuerySet(PartOfCaseQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """The parts of a case that is seen as a whole; of one that is worked on jointly, those that were shared."""
        condition, joint = seen_through(user, "case__"), worked_jointly(user)
        if not joint or condition == models.Q():
            return super().visible(user)
        shared = self.model._default_manager.filter(
            case__in=joint,
            joint_shares__joint__state=SHARED_WHILE,
            joint_shares__joint__officers__officer=user.officer_id,
        )
        return self.filter((condition or models.Q(pk__in=[])) | models.Q(pk__in=shared.values("pk")))


class Case(LegalModel):
    """One matter against one party. `base` is what was known at the opening; columns are read off the folded file."""

    class Procedure(models.TextChoices):
        SUMMARY = "summary", "简易程序"
        ORDINARY = "ordinary", "普通程序"
        DEMOLITION = "demolition", "拆违"

    number = models.CharField("案号", max_length=40, unique=True)
    procedure = models.CharField("程序", max_length=10, choices=Procedure.choices)
    state = models.CharField("环节", max_length=30)
    state_since = models.DateTimeField("进入环节时间")
    steps_taken = models.PositiveSmallIntegerField("步数", default=0)

    lead = models.ForeignKey("leads.Lead", models.PROTECT, null=True, related_name="+", verbose_name="线索")
    handling_unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="办案单位")
    authority = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="执法主体")
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="主办人员"
    )
    cause = models.ForeignKey(Cause, models.PROTECT, related_name="+", verbose_name="案由")
    party = models.ForeignKey(
        "registers.Party", models.PROTECT, null=True, related_name="+", verbose_name="当事人"
    )
    party_name = models.CharField("当事人名称", max_length=120, default="")
    place = models.CharField("地点", max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name="区域")
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)

    found_on = models.DateField("发现日期")
    filed_on = models.DateField("立案日期", null=True)
    decided_on = models.DateField("决定日期", null=True)
    served_on = models.DateField("送达日期", null=True)
    closed_on = models.DateField("结案日期", null=True)
    decision_number = models.CharField("决定书文号", max_length=40, default="", db_index=True)
    archive_number = models.CharField("归档号", max_length=40, default="")
    kinds = models.CharField("处罚种类", max_length=120, default="")
    fine = models.DecimalField("罚款（元）", max_digits=12, decimal_places=2, null=True)
    tier = models.CharField("裁量档次", max_length=12, default="")
    paid = models.DecimalField("已缴（元）", max_digits=12, decimal_places=2, default=0)
    area_m2 = models.DecimalField("违法建筑面积（平方米）", max_digits=12, decimal_places=2, null=True)
    demolished_on = models.DateField("拆除日期", null=True)

    clock = models.CharField("最近期限", max_length=40, default="")
    due_on = models.DateField("期限届满", null=True)
    due_at = models.DateTimeField("期限届满时刻", null=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    sent_back = models.BooleanField("被退回", default=False)

    base = models.JSONField("立案时所知")
    search = models.CharField("检索", max_length=400, default="")
    opened_at = models.DateTimeField("登记时间")
    imported = models.BooleanField("历史导入", default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        indexes = [
            models.Index(fields=["handling_unit", "-opened_at", "-id"], name="case_unit_opened"),
            models.Index(fields=["authority", "-opened_at", "-id"], name="case_authority_opened"),
            models.Index(fields=["-opened_at", "-id"], name="case_opened"),
            models.Index(fields=["closed_on", "procedure", "handling_unit"], name="case_closed"),
            models.Index(fields=["due_on"], name="case_due", condition=models.Q(due_on__isnull=False)),
            models.Index(fields=["state", "handling_unit"], name="case_state"),
            models.Index(fields=["handling_unit", "due_on", "id"], name="case_unit_due"),
            models.Index(fields=["filed_on"], name="case_filed"),
            models.Index(
                fields=["demolished_on"],
                name="case_demolished",
                condition=models.Q(demolished_on__isnull=False),
            ),
            models.Index(fields=["place", "found_on"], name="case_place"),
            models.Index(fields=["lon", "lat"], name="case_point", condition=models.Q(lon__isnull=False)),
            models.Index(
                fields=["handling_unit", "-state_since"],
                name="case_sent_back",
                condition=models.Q(sent_back=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="clock_and_due",
                condition=models.Q(clock="", due_on__isnull=True)
                | (~models.Q(clock="") & models.Q(due_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.party_name}".strip()


class Matter(LegalModel):
    """A procedure beside the main road (see `procedure.side`): one seizure, one hearing, one suit. Its own state.

    `party` is the id in the file of the one whom it is about, where each of several parties has one of its own.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="matters")
    procedure = models.CharField("程序", max_length=30)
    number = models.PositiveSmallIntegerField("次序")
    party = models.CharField("案内编号", max_length=10, default="")
    state = models.CharField("环节", max_length=30)
    state_since = models.DateTimeField("进入环节时间")
    ended = models.BooleanField("已终结", default=False)
    clock = models.CharField("最近期限", max_length=40, default="")
    due_on = models.DateField("期限届满", null=True)
    due_at = models.DateTimeField("期限届满时刻", null=True)
    due_provisional = models.BooleanField("期限暂定", default=False)
    opened_at = models.DateTimeField("开始时间")

    objects = PartOfCaseQuerySet["Matter"].as_manager()

    class Meta:
        verbose_name = "附属程序"
        indexes = [
            models.Index(fields=["due_on"], name="matter_due", condition=models.Q(due_on__isnull=False)),
            models.Index(fields=["procedure", "state"], name="matter_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "procedure", "number"], name="matter_once"),
            models.CheckConstraint(
                name="matter_clock_and_due",
                condition=models.Q(clock="", due_on__isnull=True)
                | (~models.Q(clock="") & models.Q(due_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.procedure} {self.number}"


class Step(LegalModel):
    """One move that was made: by whom, when, under which text of the law, stating which facts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="steps", db_index=False)
    seq = models.PositiveSmallIntegerField("序")
    move = models.CharField("动作", max_length=40)
    law_version = models.CharField("法律文本", max_length=10)
    from_state = models.CharField(max_length=30)
    to_state = models.CharField(max_length=30)
    at = models.DateTimeField("时间")
    role = models.CharField("角色", max_length=30)
    by_user = models.BigIntegerField("行为人", null=True)
    by_name = models.CharField("行为人姓名", max_length=60)
    facts = models.JSONField("事实")
    entry = models.BigIntegerField("记录号", null=True)

    objects = PartOfCaseQuerySet["Step"].as_manager()

    class Meta:
        verbose_name = "办案步骤"
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.seq} {self.move}"


class Document(LegalModel):
    """A document that a step produced. `text` is its text as issued; empty for documents that came in as history."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="documents")
    kind = models.CharField("文书", max_length=40)
    number = models.CharField("文号", max_length=60, default="", db_index=True)
    issued_on = models.DateField("日期")
    sealed = models.BooleanField("盖章", default=False)
    text = models.TextField("文本", default="")
    text_hash = models.CharField("文本摘要", max_length=64, default="")

    objects = SharedPartQuerySet["Document"].as_manager()

    class Meta:
        verbose_name = "文书"

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class CaseExhibit(LegalModel):
    """An exhibit in the evidence list of a case: what it shows and whether the decision relies on it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="exhibits")
    exhibit = models.ForeignKey("evidence.Exhibit", models.PROTECT, related_name="+")
    shows = models.CharField("证明内容", max_length=200)
    relied_on = models.BooleanField("作为依据", default=True)
    added_at = models.DateTimeField("加入时间")

    objects = SharedPartQuerySet["CaseExhibit"].as_manager()

    class Meta:
        verbose_name = "证据目录"
        constraints = [models.UniqueConstraint(fields=["case", "exhibit"], name="exhibit_once")]

    def __str__(self) -> str:
        return self.shows


class OutlierReason(LegalModel):
    """Why the fine of a case lies apart from those of its kind, in writing. The latest one counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="outlier_reasons")
    reason = models.CharField("理由", max_length=500)
    fine = models.DecimalField("当时罚款", max_digits=12, decimal_places=2)
    at = models.DateTimeField("时间")
    by_user = models.BigIntegerField("行为人", null=True)
    by_name = models.CharField("行为人姓名", max_length=60)

    objects = PartOfCaseQuerySet["OutlierReason"].as_manager()

    class Meta:
        verbose_name = "偏离理由"

    def __str__(self) -> str:
        return self.reason
