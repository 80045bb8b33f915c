"""Pages of what becomes of documents: the volume, signing, drafts; and of numbered paper forms."""

from __future__ import annotations

import io

import pytest

from xiuhua.cases.models import Case, PaperForm, Signature, Volume
from xiuhua.cases.tests.bench.bench import CLERK, HEAD, O1, O2, ORDINARY, Bench
from xiuhua.cases.tests.documents.pngs import png
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Refused
from xiuhua.org import actions as org
from xiuhua.org.models import Specimen
from xiuhua.registers.tests.bureau import AT
from xiuhua.web.cases.tests.conftest import browser

pytestmark = pytest.mark.slow

KEEPER, STATISTICS, ADMIN = ("evidence_custodian", 0), ("statistics_clerk", 0), ("system_administrator", 0)


@pytest.fixture
def archived(bench: Bench) -> Case:
    return Case.objects.get(pk=bench.roads[2026][0].pk)


@pytest.mark.slow
def test_the_volume_is_drawn_for_who_reads_the_case_and_kept_when_it_was_bound(
    bench: Bench, archived: Case
) -> None:
    url = f"/cases/{archived.pk}/volume"
    with clock.held_at(AT):
        client = browser(bench, CLERK)
        assert client.get(f"{url}.pdf").content.startswith(b"%PDF")
        answer = client.post(f"{url}/")
        kept = client.get(f"{url}.pdf")
        body = kept.getvalue()
        page = client.get(f"/cases/{archived.pk}/").content.decode()
    assert answer.status_code == 302
    volume = Volume.objects.get(case=archived)
    assert body.startswith(b"%PDF")
    assert f"案卷 {volume.pages} 页" in page


def test_in_the_archive_no_act_is_told_as_waiting(bench: Bench, archived: Case) -> None:
    with clock.held_at(AT):
        page = browser(bench, CLERK).get(f"/cases/{archived.pk}/").context
    assert archived.archive_number
    assert (page["may"], page["may_not"]) == ([], [])


def test_a_case_goes_into_the_archive_once(bench: Bench, archived: Case) -> None:
    told = next(went for went in ORDINARY if went.move == "archive_case")
    with pytest.raises(Refused) as refused:
        bench.go(archived, told, archived.steps.order_by("-seq")[0].at)
    assert [(r.code, r.ground) for r in refused.value.refusals] == [("archived_before", "案卷管理规定 §5")]


def test_who_only_counts_gets_no_volume_and_an_open_case_is_not_bound(bench: Bench, archived: Case) -> None:
    case, at = bench.at_step("decide_penalty")
    with clock.held_at(at):
        assert browser(bench, STATISTICS).get(f"/cases/{archived.pk}/volume.pdf").status_code == 409
        client = browser(bench, O1)
        assert client.post(f"/cases/{case.pk}/volume/").status_code == 409
        assert "装订案卷" not in client.get(f"/cases/{case.pk}/").content.decode()


def test_a_person_signs_where_the_document_has_a_place_and_the_page_says_so(bench: Bench) -> None:
    org.deposit_signature(officer=bench.person(O2), image=png(), by=bench.actor(O2), at=AT)
    case, at = bench.at_step("recheck_correction")
    step = bench.go(case, next(w for w in ORDINARY if w.move == "close_investigation"), at)
    paper = step.documents.get()
    with clock.held_at(at):
        client = browser(bench, O2)
        url = f"/cases/{case.pk}/papers/{paper.pk}/"
        assert f"{url}sign/" in client.get(url).content.decode()
        client.post(f"{url}sign/")
        page = client.get(url).content.decode()
    signed = Signature.objects.get(document=paper)
    assert f"记录 {signed.entry}" in page
    assert f"{url}sign/" not in page
    assert "data:image/png;base64," in page


def test_every_form_may_be_drafted_from_the_case_without_number_or_seal(bench: Bench) -> None:
    case, at = bench.at_step("check_lead")
    with clock.held_at(at):
        client = browser(bench, O1)
        listed = client.get(f"/cases/{case.pk}/drafts/").content.decode()
        drawn = client.get(f"/cases/{case.pk}/drafts/evidence_request.pdf")
        assert client.get(f"/cases/{case.pk}/drafts/love_letter.pdf").status_code == 404
    assert "drafts/property_annotation_letter.docx" in listed
    assert drawn.content.startswith(b"%PDF")
    assert not case.documents.filter(kind="evidence_request").exists()


def test_a_signature_is_deposited_on_the_own_page_and_a_wrong_file_is_told(bench: Bench) -> None:
    with clock.held_at(AT):
        client = browser(bench, O1)
        wrong = client.post("/me/signature/", {"file": io.BytesIO(b"GIF89a")})
        assert wrong.status_code == 422
        assert "请上传 PNG 图片" in wrong.content.decode()
        client.post("/me/signature/", {"file": io.BytesIO(png())})
        assert "data:image/png;base64," in client.get("/me/").content.decode()
    assert Specimen.objects.filter(officer=bench.person(O1)).count() == 1


def test_the_administrator_deposits_the_seal_of_an_authority(bench: Bench) -> None:
    with clock.held_at(AT):
        client = browser(bench, ADMIN)
        unit = bench.bureau.top
        client.post("/units/seals/", {"unit": unit.pk, "file": io.BytesIO(png())})
        assert client.post("/units/seals/", {"unit": unit.pk}).status_code == 422
        assert client.post("/units/seals/", {"unit": bench.bureau.east.pk}).status_code == 404
        assert "data:image/png;base64," in client.get("/units/seals/").content.decode()
        assert browser(bench, O1).get("/units/seals/").status_code == 409
    assert Specimen.objects.filter(unit=unit).count() == 1


def test_forms_come_in_go_out_and_end_on_their_pages(bench: Bench) -> None:
    east, case = bench.bureau.east, bench.open()
    with clock.held_at(AT):
        keeper = browser(bench, KEEPER)
        keeper.post("/cases/forms/receive/", {"kind": "on_spot_decision", "count": "3", "unit": east.pk})
        first = PaperForm.objects.order_by("pk")[0]
        said = {"kind": first.kind, "first": first.number, "count": "2"}
        keeper.post("/cases/forms/allot/", said | {"unit": east.pk})
        clerk, officer = browser(bench, CLERK), bench.person(O1)
        assert first.number in clerk.get("/cases/forms/").content.decode()
        clerk.post("/cases/forms/hand-out/", said | {"count": "1", "officer": officer.pk})
        holder, url = browser(bench, O1), f"/cases/forms/{first.pk}/"
        assert "没有这个案号" in holder.post(url, {"do": "use", "case": "示例"}).content.decode()
        assert holder.post(url, {"do": "use", "case": case.number}).status_code == 302
        second = PaperForm.objects.order_by("pk")[1]
        clerk.post(f"/cases/forms/{second.pk}/", {"do": "void", "reason": "示例：印错"})
        gaps = clerk.get("/cases/forms/gaps/").content.decode()
    first.refresh_from_db()
    assert (first.state, first.case_id) == ("used", case.pk)
    assert second.number in gaps
    assert "示例：印错" in gaps


def test_forms_of_one_unit_are_not_seen_by_another_and_only_the_keeper_receives(bench: Bench) -> None:
    with clock.held_at(AT):
        keeper = browser(bench, KEEPER)
        keeper.post(
            "/cases/forms/receive/",
            {"kind": "sampling_voucher", "count": "1", "first": "示例900", "unit": ""},
        )
        form = PaperForm.objects.get(number="示例900")
        for who in (O1, CLERK, HEAD):
            client = browser(bench, who)
            assert "示例900" not in client.get("/cases/forms/?format=csv").getvalue().decode()
            assert client.get(f"/cases/forms/{form.pk}/").status_code == 404
            assert client.post("/cases/forms/receive/", {}).status_code == 409
        wrong = keeper.post(
            "/cases/forms/receive/", {"kind": "sampling_voucher", "count": "1", "first": "示例"}
        )
        assert wrong.status_code == 422
