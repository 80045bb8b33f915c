"""The archive volume of a case on the bench, and signatures and seals on its documents."""

from __future__ import annotations

import pytest

from xiuhua.cases import actions, jobs, queries
from xiuhua.cases.models import Case, Document, Signature, Volume
from xiuhua.cases.queries import volumes
from xiuhua.cases.queries.signing import stamps_of
from xiuhua.cases.tests.bench.bench import CLERK, DEPUTY, HEAD, O1, O2, ORDINARY, Bench, Went, nothing_written
from xiuhua.cases.tests.documents.pdf_reader import Pdf
from xiuhua.cases.tests.documents.pngs import png
from xiuhua.kernel import files, record
from xiuhua.kernel.authz import SYSTEM, Invalid, Refused
from xiuhua.kernel.models import Job, RecordEntry, StoredFile
from xiuhua.org import actions as org
from xiuhua.org.models import Specimen
from xiuhua.registers.tests.bureau import AT


@pytest.fixture
def archived(bench: Bench) -> Case:
    return Case.objects.get(pk=bench.roads[2026][0].pk)


# Binding.


@pytest.mark.slow
def test_the_volume_holds_every_document_in_the_order_of_the_archive_with_its_pages(archived: Case) -> None:
    drawn = volumes.volume(archived, SYSTEM, AT.date())
    kinds = queries.shelf().kinds
    ranks = [next(k.rank for k in kinds.values() if k.label_zh == leaf.name) for leaf in drawn.leaves]
    assert ranks == sorted(ranks)
    assert len(drawn.leaves) == archived.documents.exclude(kind="archive_index").count()
    assert drawn.spans[0][0] == 1
    assert all(
        later[0] == earlier[1] + 1 for earlier, later in zip(drawn.spans, drawn.spans[1:], strict=False)
    )
    pages = Pdf(drawn.data).pages
    assert "行政处罚案卷" in pages[0]
    assert f"{drawn.pages}页" in pages[0].replace(" ", "")
    assert "卷内目录" in "".join(pages[1:3])
    assert "备考表" in pages[-1]
    front = len(pages) - drawn.pages - 1
    decided = next(n for n, leaf in enumerate(drawn.leaves) if leaf.name == "行政处罚决定书")
    assert pages[front + drawn.spans[decided][0] - 1].replace(" ", "").count("行政处罚决定书") >= 1


@pytest.mark.slow
def test_a_bound_volume_is_kept_with_its_entry_and_the_bytes_that_were_drawn(
    bench: Bench, archived: Case
) -> None:
    bound = actions.bind_volume(case=archived, by=bench.actor(O1, bench.bureau.east), at=AT)
    assert files.verify(bound.file.sha256)
    entry = RecordEntry.objects.get(pk=bound.entry)
    assert (entry.verb, bound.file.sha256 in entry.facts) == ("cases.bind_volume", True)
    assert bound.contents[0]["first"] == 1
    assert bound.contents[-1]["last"] == bound.pages
    actions.bind_volume(case=archived, by=bench.actor(HEAD, bench.bureau.east), at=AT)
    assert archived.volumes.count() == 2


def test_an_open_case_is_not_bound_and_nobody_binds_what_lies_out_of_reach(
    bench: Bench, archived: Case
) -> None:
    case, at = bench.at_step("decide_penalty")
    with nothing_written(), pytest.raises(Refused, match="尚未结案"):
        actions.bind_volume(case=case, by=bench.actor(O1, bench.bureau.east), at=at)
    stranger = bench.actor(O1, bench.bureau.town)
    with nothing_written(), pytest.raises(Refused, match="不在您的岗位职责范围内"):
        actions.bind_volume(case=archived, by=stranger, at=AT)


def test_archiving_asks_for_the_volume_once(archived: Case) -> None:
    assert Job.objects.filter(name="cases.bind_volume", payload__case=archived.pk).count() == 1


@pytest.mark.slow
def test_the_worker_binds_what_nobody_has_bound(archived: Case) -> None:
    jobs.bind_volume({"case": archived.pk})
    jobs.bind_volume({"case": archived.pk})
    assert [v.by_name for v in Volume.objects.filter(case=archived)] == [SYSTEM.name]


def test_the_form_of_archiving_knows_the_pages_of_a_volume_that_is_bound(bench: Bench) -> None:
    case, at = bench.at_step("close_performed")
    place, clerk = queries.road_of(case, at.date()), bench.actor(CLERK, case.handling_unit)
    assert "archive.index_pages" not in queries.known_values(place, "archive_case", clerk, at)
    file = StoredFile(sha256="0" * 64, size=1, media_type="application/pdf", stored_at=at)
    with record.act("示例", by=SYSTEM, at=at) as act:
        file.save()
        Volume(case=case, file=file, pages=41, contents=[], bound_at=at, by_name="示例", entry=1).save()
        act.entry(on=case, facts={})
    known = queries.known_values(place, "archive_case", clerk, at)
    assert (known["archive.index_pages"], known["archive.actual_pages"]) == (41, 41)


# Signatures and seals.


@pytest.fixture
def deposited(bench: Bench) -> None:
    """The first officer, the deputy and the bureau have deposited their images; the second officer has not."""
    for who in (O1, DEPUTY):
        officer = bench.person(who)
        org.deposit_signature(officer=officer, image=png(), by=bench.actor(who), at=AT)
    org.deposit_seal(unit=bench.bureau.top, image=png(), by=SYSTEM, at=AT)


def issued(bench: Bench, last: str) -> tuple[Case, Document]:
    """A case one step on, and the first document of that step."""
    steps = [w.move for w in ORDINARY]
    case, at = bench.at_step(steps[steps.index(last) - 1])
    step = bench.go(case, next(w for w in ORDINARY if w.move == last), at)
    found = step.documents.order_by("pk").first()
    assert found is not None
    return case, found


def test_who_issues_a_document_signs_it_with_the_entry_of_the_step(bench: Bench, deposited: None) -> None:
    _, report = issued(bench, "close_investigation")
    (signed,) = Signature.objects.filter(document=report)
    assert report.step is not None
    assert (signed.officer_id, signed.entry) == (bench.person(O1).pk, report.step.entry)
    (stamp,) = stamps_of(report)
    assert (stamp.officer_id, stamp.entry) == (str(bench.person(O1).pk), report.step.entry)


def test_nobody_signs_for_somebody_else(bench: Bench, deposited: None) -> None:
    org.deposit_signature(officer=bench.person(O2), image=png(), by=bench.actor(O2), at=AT)
    _, report = issued(bench, "close_investigation")
    assert not Signature.objects.filter(document=report, officer=bench.person(O2)).exists()
    signed = actions.sign(document=report, by=bench.actor(O2), at=AT)
    entry = RecordEntry.objects.get(pk=signed.entry)
    assert (entry.verb, entry.actor_name) == ("cases.sign", bench.actor(O2).name)
    with nothing_written(), pytest.raises(Invalid, match="已在这份文书上签名"):
        actions.sign(document=report, by=bench.actor(O2), at=AT)


def test_a_document_asks_only_those_to_sign_whom_it_names(bench: Bench, deposited: None) -> None:
    _, report = issued(bench, "close_investigation")
    with nothing_written(), pytest.raises(Refused, match="没有您的签名处"):
        actions.sign(document=report, by=bench.actor(DEPUTY), at=AT)
    with nothing_written(), pytest.raises(Invalid, match="还没有留存签名样本"):
        actions.sign(document=report, by=bench.actor(O2), at=AT)


def test_a_sealed_document_bears_the_seal_of_its_authority_and_an_internal_one_none(
    bench: Bench, deposited: None
) -> None:
    _, decision = issued(bench, "decide_penalty")
    seal = Signature.objects.get(document=decision, officer__isnull=True)
    assert seal.specimen.unit_id == bench.bureau.top.pk
    assert decision.step is not None
    assert seal.entry == decision.step.entry
    _, report = issued(bench, "close_investigation")
    assert not Signature.objects.filter(document=report, officer__isnull=True).exists()


def test_without_deposited_images_a_document_is_issued_to_be_signed_by_hand(bench: Bench) -> None:
    _, report = issued(bench, "close_investigation")
    assert stamps_of(report) == ()


def test_a_signature_is_deposited_by_its_owner_and_a_new_one_ends_the_old(bench: Bench) -> None:
    officer = bench.person(O1)
    with nothing_written(), pytest.raises(Refused, match="只能由本人留存"):
        org.deposit_signature(officer=officer, image=png(), by=bench.actor(HEAD), at=AT)
    org.deposit_signature(officer=officer, image=png(60), by=bench.actor(O1), at=AT)
    org.deposit_signature(officer=officer, image=png(61), by=bench.actor(O1), at=AT)
    assert Specimen.objects.filter(officer=officer, ended_at__isnull=True).count() == 1


def test_a_seal_is_deposited_by_the_administrator_only(bench: Bench) -> None:
    with nothing_written(), pytest.raises(Refused):
        org.deposit_seal(unit=bench.bureau.top, image=png(), by=bench.actor(DEPUTY), at=AT)


@pytest.mark.parametrize("image", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", png(20), png(3500, 41)])
def test_an_image_that_cannot_be_printed_is_not_taken(bench: Bench, image: bytes) -> None:
    with pytest.raises(Invalid):
        org.deposit_signature(officer=bench.person(O1), image=image, by=bench.actor(O1), at=AT)


def test_what_was_signed_earlier_is_borne_out_by_the_step_that_stated_it(
    bench: Bench, deposited: None
) -> None:
    case, _ = bench.at_step("check_lead")
    proposed = bench.go(case, Went(O1, "propose_filing"), AT.replace(year=2027))
    approved = bench.go(case, Went(HEAD, "approve_filing"), AT.replace(year=2027))
    form = approved.documents.get(kind="filing_form")
    (signed,) = Signature.objects.filter(document=form)
    assert (signed.officer_id, signed.entry) == (bench.person(O1).pk, proposed.entry)
