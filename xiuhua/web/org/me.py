"""My page: what my posts let me do, in words; where I am signed in; my password; language and theme."""

from __future__ import annotations

from typing import cast

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.kernel.authz import Invalid
from xiuhua.org import actions, queries, rules
from xiuhua.org.models import LoginSession, User
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show
from xiuhua.web.frame.telling import told
from xiuhua.web.org.images import image_of, sent_image


@in_room("me")
def me(request: Request, errors: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    user = cast(User, request.user)
    posts = [(post, rules.ROLES[post.role]) for post in queries.posts_of(user.officer, request.today)]
    context = {
        "person": user,
        "posts": posts,
        "certificate": queries.certificate_on(user.officer, request.today),
        "signature": image_of(queries.signature_of(user.officer)),
        "sessions": queries.sessions_of(user),
        "this_session": request.session.session_key,
        "errors": errors or {},
    }
    return show(request, "web/org/me.html", context, status=status)


@in_room("me")
@require_POST
def end_session(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(LoginSession, pk=pk, user=cast(User, request.user), ended_at__isnull=True)
    actions.end_session(session=session, by=request.actor, at=request.at)
    return redirect("web:me")


@in_room("me")
@require_POST
def change_password(request: Request) -> HttpResponse:
    """A new password ends every session, this one too; the person signs in anew."""
    user = cast(User, request.user)
    old, new, again = (request.POST.get(name, "") for name in ("old", "password", "again"))
    try:
        if not user.check_password(old):
            raise Invalid({"old": "现在的密码不对"})
        if new != again:
            raise Invalid({"again": "两次写的不一样"})
        actions.set_password(user=user, password=new, by=request.actor, at=request.at)
    except Invalid as error:
        return cast(HttpResponse, me(request, {k: told(v) for k, v in error.errors.items()}, 422))
    auth.logout(request)
    messages.success(request, _("密码已改，请用新密码登录。"))
    return redirect("web:login")


@in_room("me")
@require_POST
def signature(request: Request) -> HttpResponse:
    """Deposit the own signature as an image; documents signed before keep the one they bear."""
    user = cast(User, request.user)
    try:
        actions.deposit_signature(
            officer=user.officer, image=sent_image(request), by=request.actor, at=request.at
        )
    except Invalid as error:
        return cast(HttpResponse, me(request, {k: told(v) for k, v in error.errors.items()}, 422))
    messages.success(request, _("签名样本已留存，以后办理的文书用它签名。"))
    return redirect("web:me")
