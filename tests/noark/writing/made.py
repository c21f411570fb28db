"""Invented archives: one of everything, with names that nobody has."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from torg.noark import objects, values
from torg.noark.writing import deposit

AT = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
BY = "Ada Arkivar"
SPACE = UUID("5f0c3f0e-7c39-4d0e-9d59-1f6f3f1f2a11")


def id_for(name: str) -> UUID:
    """Always the same for the same name."""
    return uuid5(SPACE, name)


def content_of(file: objects.DocumentObject) -> bytes:
    """The invented bytes of a file."""
    return f"innhold i {file.file_name!a}".encode()


def open_file(file: objects.DocumentObject) -> BinaryIO:
    """As the store of files would."""
    return io.BytesIO(content_of(file))


def document_object(name: str = "melding.pdf", **changed: Any) -> objects.DocumentObject:
    """A PDF/A."""
    made = objects.DocumentObject(
        id=id_for(f"fil {name!a}"),
        variant=values.Variant.ARCHIVE,
        puid="fmt/476",
        puid_name="PDF/A-2a",
        mime_type="application/pdf",
        created_at=AT,
        created_by=BY,
        file_name=name,
        sha256="",
        size=0,
    )
    content = content_of(made)
    return replace(made, **{"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), **changed})


def document(name: str = "melding.pdf", **changed: Any) -> objects.DocumentDescription:
    """A main document with one file."""
    made = objects.DocumentDescription(
        id=id_for(f"dokument {name!a}"),
        title="Melding fra Facebook",
        number=1,
        created_at=AT,
        created_by=BY,
        attached_at=AT,
        attached_by=BY,
        objects=(document_object(name),),
    )
    return replace(made, **changed)


SENDER = objects.Correspondent(
    kind=values.CorrespondentType.SENDER, name="Nora Fossum", is_person=True, sent_by=values.SOCIAL_MEDIA
)
RECIPIENT = objects.Correspondent(
    kind=values.CorrespondentType.INTERNAL_RECIPIENT,
    name="Fjordvik kommune",
    unit="Service og kommunikasjon",
    case_handler="Ola Hansen",
    is_responsible=True,
)
RESTRICTION = objects.Restriction(
    ground="offl. § 13 jf. fvl. § 13 første ledd nr. 1",
    hides=(values.HiddenMetadata.ENTRY_TITLE_WORDS, values.HiddenMetadata.SENDER_NAME),
    document=values.HiddenDocument.WHOLE,
    years=60,
    ends_on=date(2086, 1, 1),
    when_it_ends=values.WhenRestrictionEnds.ASSESS,
)
ORIGIN = objects.SocialMedia(
    platform="facebook",
    account="Fjordvik kommune",
    post_id="100_200",
    parent_id="100",
    permalink="https://social.example/100_200",
    author_handle="nora.f",
    captured_at=AT,
    api_version="v23.0",
    raw_sha256="ab" * 32,
    time_stamp="2026-03-02",
    edited_at=AT,
    deleted_at=AT,
    moderation_rule="Debattregel 4",
)


def key(name: str) -> objects.ExternalKey:
    """Ours."""
    return objects.ExternalKey(system="Torg", key=name)


def entry(number: int = 1, **changed: Any) -> objects.JournalEntry:
    """An incoming enquiry."""
    made = objects.JournalEntry(
        id=id_for(f"journalpost {number}"),
        title="Spørsmål fra Nora Fossum om brøyting",
        public_title="Spørsmål fra ***** om brøyting",
        created_at=AT,
        created_by=BY,
        archived_at=AT,
        archived_by=BY,
        registration_id=f"2026/17-{number}",
        document_on=date(2026, 3, 1),
        received_at=AT,
        documents=(document(f"melding-{number}.pdf"),),
        correspondents=(SENDER, RECIPIENT),
        kind=values.EntryType.INCOMING,
        status=values.JournalStatus.ARCHIVED,
        journaled_on=date(2026, 3, 2),
        year=2026,
        sequence_number=100 + number,
        number=number,
        external_key=key(f"post-{number}"),
    )
    return replace(made, **changed)


def note(**changed: Any) -> objects.ArchiveNote:
    """A thread that is archived but not journaled."""
    made = objects.ArchiveNote(
        id=id_for("arkivnotat"),
        title="Kommentartråd om åpningstider",
        created_at=AT,
        created_by=BY,
        archived_at=AT,
        archived_by=BY,
        document_on=date(2026, 3, 1),
        documents=(document("traad.pdf"),),
        social_media=ORIGIN,
        external_key=key("traad-1"),
    )
    return replace(made, **changed)


def case_file(number: int = 17, **changed: Any) -> objects.CaseFile:
    """A closed case."""
    made = objects.CaseFile(
        id=id_for(f"sak {number}"),
        title="Brøyting av Skoleveien",
        created_at=AT,
        created_by=BY,
        closed_at=AT,
        closed_by=BY,
        dated_on=date(2026, 3, 2),
        unit="Service og kommunikasjon",
        responsible="Ola Hansen",
        status=values.CaseStatus.CLOSED,
        file_id=f"2026/{number}",
        year=2026,
        number=number,
        classification="K-koder",
        class_id="Q11",
        external_key=key(f"sak-{number}"),
    )
    return replace(made, **changed)


ROADS = objects.Class(id=id_for("Q11"), class_id="Q11", title="Vegvedlikehold", created_at=AT, created_by=BY)
HEALTH = objects.Class(id=id_for("F"), class_id="F", title="Helse", created_at=AT, created_by=BY)
TRAFFIC = objects.Class(
    id=id_for("Q"), class_id="Q", title="Samferdsel", created_at=AT, created_by=BY, subclasses=(ROADS,)
)
SERIES = objects.Series(
    id=id_for("arkivdel"),
    title="Sosiale medier 2026",
    status=values.SeriesStatus.CLOSED,
    created_at=AT,
    created_by=BY,
    closed_at=AT,
    closed_by=BY,
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    classification=objects.ClassificationSystem(
        id=id_for("K-koder"),
        title="K-koder",
        kind=values.ClassificationType.K_CODES,
        created_at=AT,
        created_by=BY,
        classes=(TRAFFIC, HEALTH),
    ),
)
FONDS = objects.Fonds(
    id=id_for("arkiv"),
    title="Fjordvik kommunes arkiv",
    created_at=AT,
    created_by=BY,
    closed_at=AT,
    closed_by=BY,
    creators=(objects.Creator(id="999999999", name="Fjordvik kommune"),),
)


def change(unit: UUID, **changed: Any) -> objects.Change:
    """Someone corrected a title."""
    made = objects.Change(unit=unit, field="tittel", at=AT, by=BY, old="Spørsmål", new="Spørsmål om brøyting")
    return replace(made, **changed)


def agreement(*registrations: objects.Registration, **changed: Any) -> deposit.Agreement:
    """A deposit of one case under Q11 with these registrations, or of one with everything in it."""
    held = registrations or everything()

    def contents(one: objects.Class) -> Iterator[deposit.CaseContent]:
        if one is ROADS:
            yield deposit.CaseContent(case_file=changed.get("case_file", case_file()), registrations=iter(held))

    made = deposit.Agreement(
        system="Torg",
        fonds=FONDS,
        series=SERIES,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        contents=contents,
        changes=[change(held[0].id)],
        open_file=open_file,
    )
    return replace(made, **{name: value for name, value in changed.items() if name != "case_file"})


def everything() -> tuple[objects.Registration, ...]:
    """A question, its answer, a restricted entry, one whose document was destroyed, and a note; not in order."""
    keep = objects.Disposal(decision=values.DisposalDecision.KEEP, years=10, on=date(2036, 1, 1), ground="Plan 3.1")
    remark = objects.Remark(text="Skjult kl. 09.12", at=AT, by=BY, kind=values.RemarkType.ARCHIVIST)
    conversion = objects.Conversion(
        at=AT, by="Torg", from_format="fmt/817", to_format="fmt/476", tool="typst 0.15", comment="SHA-256 før: ab"
    )
    question = entry(
        1,
        follow_ups=(
            objects.FollowUp(
                on=date(2026, 3, 3),
                by="Ola Hansen",
                how=values.FollowUpMethod.BY_EMAIL,
                answered_by=objects.EntryReference(id=id_for("journalpost 2"), external_key=key("post-2")),
            ),
        ),
        social_media=ORIGIN,
        keywords=("brøyting",),
        authors=("Nora Fossum",),
        documents=(
            document("melding-1.pdf", objects=(document_object("melding-1.pdf", conversions=(conversion,)),)),
            document(
                "melding-1.json",
                number=2,
                attached_as=values.AttachedAs.ATTACHMENT,
                objects=(document_object("melding-1.json", variant=values.Variant.PRODUCTION, puid="fmt/817"),),
            ),
        ),
    )
    answer = entry(
        2,
        title="Svar om brøyting",
        public_title="",
        kind=values.EntryType.OUTGOING,
        received_at=None,
        sent_at=AT,
        correspondents=(replace(SENDER, kind=values.CorrespondentType.RECIPIENT),),
    )
    to_question = objects.EntryReference(id=question.id, external_key=key("post-1"))
    restricted = entry(
        3,
        restriction=RESTRICTION,
        remarks=(remark,),
        cross_references=(objects.CrossReference(to_entry=to_question),),
        disposal=keep,
    )
    destroyed = entry(
        4,
        documents=(document("borte.pdf", executed_disposal=objects.ExecutedDisposal(at=AT, by=BY)),),
        status=values.JournalStatus.CANCELLED,
    )
    return restricted, note(), question, destroyed, answer
