"""Parties, who knows them, premises and vehicles."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area, LegalModel, LegalQuerySet
from xiuhua.registers import rules


class PartyQuerySet(LegalQuerySet["Party"]):
    def visible(self, user: Actor) -> Self:
        """Parties known to the user's units, or to the authority in whose name the user decides.

        A bureau-wide post with the right sees all; without `registers.see` there is nothing, whoever asks.
        """
        scope = user.scope("registers.see")
        if scope.everything:
            return self
        units = scope.units | scope.authorities
        if not units:
            return self.none()
        return self.filter(models.Exists(Known.objects.filter(party=models.OuterRef("pk"), unit__in=units)))


class Party(LegalModel):
    """A person, individual business or organisation that is acted on (当事人). Registered once, known to some units."""

    kind = models.CharField(
        "种类", max_length=20, choices=[(k.value, rules.PARTY_KIND_LABELS[k]) for k in rules.PartyKind]
    )
    name = models.CharField("姓名或名称", max_length=120)
    trade_name = models.CharField("字号", max_length=120, default="")
    operator = models.CharField("经营者", max_length=60, default="")
    id_kind = models.CharField(
        "证件种类",
        max_length=20,
        default="",
        choices=[(k.value, rules.ID_KIND_LABELS[k]) for k in rules.IdKind],
    )
    id_no = models.CharField("证件号码", max_length=30, default="", db_index=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, default="")
    representative = models.CharField("法定代表人", max_length=60, default="")
    address = models.CharField("住址或住所", max_length=200, default="")
    phone = models.CharField("联系电话", max_length=20, default="")
    birth_date = models.DateField("出生日期", null=True)
    sex = models.CharField(
        "性别", max_length=6, default="", choices=[(s.value, rules.SEX_LABELS[s]) for s in rules.Sex]
    )
    search = models.CharField("检索", max_length=400, default="")
    registered_at = models.DateTimeField("登记时间")
    known_to = models.ManyToManyField("org.Unit", through="Known", related_name="+", verbose_name="知情单位")

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "当事人"
        indexes = [models.Index(fields=["name"], name="party_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["id_kind", "id_no"],
                name="citizen_once",
                condition=models.Q(kind="citizen") & ~models.Q(id_no=""),
            ),
            models.UniqueConstraint(
                fields=["credit_code"], name="credit_code_once", condition=~models.Q(credit_code="")
            ),
            models.CheckConstraint(name="party_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """How the record calls the party: organisations by name, people masked, since auditors see no registers."""
        return self.name if self.kind == rules.PartyKind.ORGANISATION else rules.masked_name(self.name)


class Known(LegalModel):
    """A unit has had to do with a party since a day."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="known")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    since = models.DateField("自")

    objects = LegalQuerySet["Known"].as_manager()

    class Meta:
        verbose_name = "知情"
        constraints = [models.UniqueConstraint(fields=["party", "unit"], name="known_once")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.unit_id}"


T = TypeVar("T", bound=models.Model)


class ThingQuerySet(LegalQuerySet[T]):
    def visible(self, user: Actor) -> Self:
        """Things registered by the user's own units, and those of parties the user may see."""
        scope = user.scope("registers.see")
        if scope.everything:
            return self
        units = scope.units | scope.authorities
        if not units:
            return self.none()
        mine = models.Q(unit__in=units)
        known = Known.objects.filter(party=models.OuterRef("party"), unit__in=units)
        return self.filter(mine | models.Exists(known))


class Premises(LegalModel):
    """A place where somebody lives or trades. Coordinates are WGS-84."""

    name = models.CharField("名称", max_length=120)
    address = models.CharField("地址", max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name="区域")
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="premises", verbose_name="当事人"
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="登记单位")
    search = models.CharField("检索", max_length=400, default="")
    registered_at = models.DateTimeField("登记时间")

    objects = ThingQuerySet["Premises"].as_manager()

    class Meta:
        verbose_name = "场所"
        constraints = [
            models.CheckConstraint(
                name="premises_lon_and_lat",
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(lon__isnull=False, lat__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Vehicle(LegalModel):
    """A vehicle by its plate and the colour of the plate. A copied plate (套牌) is no matter of this table."""

    plate = models.CharField("号牌", max_length=10)
    colour = models.CharField(
        "号牌颜色", max_length=14, choices=[(c.value, rules.COLOUR_LABELS[c]) for c in rules.PlateColour]
    )
    kind = models.CharField(
        "车辆种类",
        max_length=12,
        choices=[(k.value, rules.VEHICLE_KIND_LABELS[k]) for k in rules.VehicleKind],
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="vehicles", verbose_name="当事人"
    )
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", verbose_name="登记单位")
    search = models.CharField("检索", max_length=200, default="")
    registered_at = models.DateTimeField("登记时间")

    objects = ThingQuerySet["Vehicle"].as_manager()

    class Meta:
        verbose_name = "车辆"
        constraints = [models.UniqueConstraint(fields=["plate", "colour"], name="plate_once")]

    def __str__(self) -> str:
        return self.plate
