"""Accounts and units, for administrators: list, disable with a reason, end sessions. Rights come from posts."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xiuhua.org import actions, permissions, queries, rules
from xiuhua.org.models import LoginSession, Post, Unit, User, valid_on
from xiuhua.web.frame import exports
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.lists import Column, Filter, Listing, Sort, View


def _roles(_request: Request) -> list[tuple[str, str]]:
    return [(role.id, role.label) for role in rules.ROLES.values()]


def _units(request: Request) -> list[tuple[str, str]]:
    return [(unit.code, unit.short_name) for unit in queries.units(request.actor)]


USERS: Listing[User] = Listing(
    room="users",
    filters=(
        Filter("q", gettext_lazy("姓名或账号"), lambda rows, v: _named(rows, v[0]), kind="text"),
        Filter(
            "unit", gettext_lazy("单位"), lambda rows, v: rows.filter(_post(unit__code__in=v)), choices=_units
        ),
        Filter("role", gettext_lazy("角色"), lambda rows, v: rows.filter(_post(role__in=v)), choices=_roles),
        Filter(
            "active",
            gettext_lazy("状态"),
            lambda rows, v: rows.filter(is_active__in=[x == "yes" for x in v]),
            choices=lambda _r: [("yes", gettext_lazy("启用")), ("no", gettext_lazy("停用"))],
        ),
    ),
    sorts=(
        Sort("login", gettext_lazy("账号"), "login"),
        Sort("seen", gettext_lazy("最近登录"), "-last_login", nullable=True),
    ),
    columns=(
        Column(gettext_lazy("账号"), lambda u: u.login),
        Column(gettext_lazy("姓名"), lambda u: u.officer.name),
        Column(gettext_lazy("工号"), lambda u: u.officer.staff_no),
        Column(gettext_lazy("任职"), lambda u: "；".join(said_posts(u))),
        Column(gettext_lazy("状态"), lambda u: _("启用") if u.is_active else _("停用")),
        Column(gettext_lazy("最近登录"), lambda u: u.last_login),
    ),
    views=(
        View(gettext_lazy("全部"), ""),
        View(gettext_lazy("已停用"), "active=no"),
    ),
    page=30,
)


def _post(**conditions: object) -> Q:
    return Q(officer__in=Post.objects.filter(**conditions).values("officer"))


def _named(rows: QuerySet[User], text: str) -> QuerySet[User]:
    return rows.filter(Q(login__icontains=text) | Q(officer__search__contains=text.lower()))


def said_posts(user: User) -> list[str]:
    return [f"{post.unit.short_name} {_(rules.ROLES[post.role].label)}" for post in user.officer.posts.all()]


@in_room("users", "org.manage", "org.secure")
def users(request: Request) -> HttpResponseBase:
    held = Post.objects.filter(valid_on(request.today)).select_related("unit")
    base = queries.users(request.actor).prefetch_related(Prefetch("officer__posts", held))
    if exports.wanted(request):
        return exports.respond(request, _("账号"), USERS.columns, USERS.ordered(request, base))
    rows = base.annotate(open_sessions=Count("login_sessions", Q(login_sessions__ended_at__isnull=True)))
    shown = USERS.show(request, rows)
    table = [(u, said_posts(u), permissions.can_disable(request.actor, u)) for u in shown.rows]
    context = {"shown": shown, "table": table, "room": "users"}
    return show(request, "web/org/users.html", context, part="web/org/_users.html")


@in_room("users", "org.manage", "org.secure")
def user(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(queries.users(request.actor), pk=pk)
    context = {
        "person": person,
        "posts": [(post, rules.ROLES[post.role]) for post in queries.posts_of(person.officer, request.today)],
        "sessions": queries.sessions_of(person),
        "may_disable": permissions.can_disable(request.actor, person),
        "may_enable": permissions.can_manage(request.actor),
        "may_end": request.actor.can("org.secure"),
    }
    return show(request, "web/org/user.html", context)


@in_room("users", "org.manage", "org.secure")
@require_POST
def disable(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(queries.users(request.actor), pk=pk)
    reason = request.POST.get("reason", "")
    actions.disable_user(user=person, reason=reason, by=request.actor, at=request.at)
    messages.success(request, _("账号 %(login)s 已停用，会话和密钥同时失效。") % {"login": person.login})
    return redirect("web:user", pk=pk)


@in_room("users", "org.manage", "org.secure")
@require_POST
def enable(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(queries.users(request.actor), pk=pk)
    reason = request.POST.get("reason", "")
    actions.enable_user(user=person, reason=reason, by=request.actor, at=request.at)
    return redirect("web:user", pk=pk)


@in_room("users", "org.secure")
@require_POST
def end_session(request: Request, pk: int, session: int) -> HttpResponse:
    found = get_object_or_404(LoginSession, pk=session, user_id=pk, ended_at__isnull=True)
    actions.end_session(session=found, by=request.actor, at=request.at)
    return redirect("web:user", pk=pk)


UNITS: Listing[Unit] = Listing(
    room="units",
    filters=(
        Filter(
            "q",
            gettext_lazy("名称"),
            lambda rows, v: rows.filter(Q(search__contains=v[0].lower()) | Q(code__contains=v[0])),
            kind="text",
        ),
        Filter(
            "kind",
            gettext_lazy("类别"),
            lambda rows, v: rows.filter(kind__in=v),
            choices=lambda _r: [(k.value, label) for k, label in rules.UNIT_KIND_LABELS.items()],
        ),
    ),
    sorts=(Sort("code", gettext_lazy("代码"), "code"), Sort("name", gettext_lazy("名称"), "name")),
    columns=(
        Column(gettext_lazy("代码"), lambda u: u.code),
        Column(gettext_lazy("名称"), lambda u: u.name),
        Column(gettext_lazy("类别"), lambda u: _(u.get_kind_display())),
        Column(gettext_lazy("上级"), lambda u: u.parent.short_name if u.parent else ""),
        Column(gettext_lazy("在职人数"), lambda u: u.people),
    ),
    page=60,
)


@in_room("units")
def units(request: Request) -> HttpResponseBase:
    people = Count(
        "posts__officer", Q(valid_on(request.today, "posts__valid_from", "posts__valid_to")), distinct=True
    )
    base = queries.units(request.actor).select_related("parent").annotate(people=people)
    if exports.wanted(request):
        return exports.respond(request, _("单位"), UNITS.columns, UNITS.ordered(request, base))
    shown = UNITS.show(request, base)
    context = {"shown": shown, "room": "units", "may_manage": permissions.can_manage(request.actor)}
    return show(request, "web/org/units.html", context, part="web/org/_units.html")
