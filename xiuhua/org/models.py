"""Units, people, posts, certificates, head-counts, authority rows, acts of law, keys and sessions."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area, InsideQuerySet, LegalModel, LegalQuerySet, StoredFile
from xiuhua.org import rules


def valid_on(day: date, start: str = "valid_from", end: str = "valid_to") -> models.Q:
    """Rows whose validity holds on `day`; an open end holds for ever, and `end` itself is the last day."""
    return (models.Q(**{f"{start}__lte": day}) | models.Q(**{f"{start}__isnull": True})) & (
        models.Q(**{f"{end}__gte": day}) | models.Q(**{f"{end}__isnull": True})
    )


class UnitQuerySet(LegalQuerySet["Unit"]):
    def visible(self, user: Actor) -> Self:
        """The list of units is public inside the bureau."""
        return self if user.user_id is not None or user.is_system else self.none()


class Unit(LegalModel):
    """A body of the bureau or of a town: who handles, and in whose name."""

    Kind = rules.UnitKind

    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    name_en = models.CharField("英文名", max_length=80, default="")
    kind = models.CharField(
        "类别", max_length=20, choices=[(k.value, rules.UNIT_KIND_LABELS[k]) for k in Kind]
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    areas = models.ManyToManyField(Area, related_name="units", verbose_name="辖区")
    form_prefix = models.CharField("编号前缀", max_length=10, default="")
    search = models.CharField("检索", max_length=200, default="", db_index=True)
    source = models.CharField("来源", max_length=200, default="")
    certainty = models.CharField("确定程度", max_length=12, default="")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"

    def __str__(self) -> str:
        return self.name


class OfficerQuerySet(LegalQuerySet["Officer"]):
    def visible(self, user: Actor) -> Self:
        """Colleagues' names are known inside the bureau."""
        return self if user.user_id is not None or user.is_system else self.none()


class Officer(LegalModel):
    """A person who works for the bureau or a town squad."""

    Kind = rules.PersonKind

    staff_no = models.CharField("工号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=40)
    kind = models.CharField(
        "类别", max_length=10, choices=[(k.value, rules.PERSON_KIND_LABELS[k]) for k in Kind]
    )
    search = models.CharField("检索", max_length=200, default="", db_index=True)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name


class Certificate(LegalModel):
    """An enforcement certificate (执法证): no certificate, no enforcement (SHUM §16)."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="certificates")
    number = models.CharField("证号", max_length=30, unique=True)
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止")
    legal_qualification = models.CharField("法律职业资格证号", max_length=40, default="")

    objects = LegalQuerySet["Certificate"].as_manager()

    class Meta:
        verbose_name = "执法证"
        constraints = [
            models.CheckConstraint(
                name="certificate_dates", condition=models.Q(valid_to__gte=models.F("valid_from"))
            )
        ]

    def __str__(self) -> str:
        return self.number


class Post(LegalModel):
    """A role held in a unit for a time. Rights come from posts and from nothing else."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=30, choices=[(r.id, r.label) for r in rules.ROLES.values()])
    valid_from = models.DateField("任职起")
    valid_to = models.DateField("任职止", null=True)

    objects = LegalQuerySet["Post"].as_manager()

    class Meta:
        verbose_name = "任职"

    def __str__(self) -> str:
        return f"{self.officer} {self.get_role_display()}"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(login=username)


class User(AbstractBaseUser):
    """A login. It has no rights of its own: they come from the posts of its officer."""

    login = models.CharField("账号", max_length=40, unique=True)
    officer = models.OneToOneField(Officer, models.PROTECT, related_name="user")
    is_active = models.BooleanField("启用", default=True)
    must_use_totp = models.BooleanField("须用动态口令", default=False)

    objects = UserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.login


class LoginSession(models.Model):
    """One signed-in browser: people see theirs and end them; a disabled user's end at once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="login_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "登录会话"

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%Y-%m-%d %H:%M}"


class ApiKey(models.Model):
    """A key for a machine; only its SHA-256 is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_keys")
    label = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "接口密钥"

    def __str__(self) -> str:
        return self.label


class Headcount(LegalModel):
    """How many people of one kind of count a unit (or, with no unit, the bureau) had on a day."""

    Kind = rules.HeadcountKind

    kind = models.CharField(
        "口径", max_length=20, choices=[(k.value, rules.HEADCOUNT_LABELS[k]) for k in Kind]
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    on = models.DateField("日期")
    number = models.PositiveIntegerField("人数")
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = LegalQuerySet["Headcount"].as_manager()

    class Meta:
        verbose_name = "人数"

    def __str__(self) -> str:
        return f"{self.kind} {self.on} {self.number}"


class AuthorityRow(LegalModel):
    """One row of the authority matrix: who handles which causes, in whose name, from when to when.

    `cause_group` is a group code of the catalogue of causes, or "*" for all.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="authority_rows")
    authority = models.ForeignKey(Unit, models.PROTECT, related_name="acts_for")
    cause_group = models.CharField("案由类别", max_length=10, default="*")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止", null=True)
    basis = models.CharField("依据", max_length=200)
    source = models.CharField("来源", max_length=200)
    certainty = models.CharField("确定程度", max_length=12)

    objects = LegalQuerySet["AuthorityRow"].as_manager()

    class Meta:
        verbose_name = "权责清单"

    def __str__(self) -> str:
        return f"{self.unit} → {self.authority} {self.cause_group}"


class ActOfLaw(LegalModel):
    """An act that articles are cited from: `short` is what tables write, the title is what people read."""

    short = models.CharField("简称", max_length=20, unique=True)
    title = models.CharField("名称", max_length=120)
    title_en = models.CharField("英文名称", max_length=200)
    version_note = models.CharField("版本", max_length=200, default="")
    valid_from = models.DateField("施行", null=True)
    valid_to = models.DateField("失效", null=True)
    source = models.CharField("来源", max_length=300, default="")
    certainty = models.CharField("确定程度", max_length=12, default="")

    objects = LegalQuerySet["ActOfLaw"].as_manager()

    class Meta:
        verbose_name = "法律法规"

    def __str__(self) -> str:
        return self.title


class Specimen(LegalModel):
    """The image of an officer's signature or of a unit's seal, as it was deposited; a new one ends the one before."""

    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="specimens")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="specimens")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    since = models.DateTimeField("留样时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    objects = LegalQuerySet["Specimen"].as_manager()

    class Meta:
        verbose_name = "签名印章样本"
        constraints = [
            models.CheckConstraint(
                name="specimen_of_one",
                condition=models.Q(officer__isnull=True, unit__isnull=False)
                | models.Q(officer__isnull=False, unit__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer or self.unit}"


class Delegation(LegalModel):
    """A group of causes moved down to a town squad (事权下沉): a dated row of the authority matrix and its papers."""

    row = models.OneToOneField(AuthorityRow, models.PROTECT, related_name="delegation")
    document = models.CharField("下沉文件", max_length=200)
    delegated_at = models.DateTimeField("登记时间")
    delegated_by = models.CharField("登记人", max_length=60)
    back_document = models.CharField("收回文件", max_length=200, default="")
    back_at = models.DateTimeField("收回登记时间", null=True)
    back_by = models.CharField("收回登记人", max_length=60, default="")

    objects = InsideQuerySet["Delegation"].as_manager()

    class Meta:
        verbose_name = "事权下沉"

    def __str__(self) -> str:
        return f"{self.row} {self.document}"


class MentoringSession(LegalModel):
    """On-site mentoring (现场带教) of a town squad in powers that were moved down to it."""

    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="sessions")
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=100)
    programme = models.CharField("带教内容", max_length=200)
    mentor = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="带教人")
    attendees = models.PositiveIntegerField("参加人次")
    parties_checked = models.PositiveIntegerField("检查户数", default=0)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.CharField("登记人", max_length=60)

    objects = InsideQuerySet["MentoringSession"].as_manager()

    class Meta:
        verbose_name = "现场带教"
        indexes = [models.Index(fields=["held_on"], name="mentoring_held")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"
