"""The log of changes to what a deposit holds, by Noark's names of the elements."""

from collections.abc import Iterator

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, UUIDField, When

from torg.noark import objects
from torg.people.models import Person
from torg.records.depositing.period import Period
from torg.records.models import ChangeLog, Correspondent, RecordDocument, Restriction

AT_ONCE = 2000
# Metadata by number, as arkivstruktur.xsd calls it.
NAMES = {
    "M001": "systemID",
    "M002": "klasseID",
    "M020": "tittel",
    "M025": "offentligTittel",
    "M052": "saksstatus",
    "M053": "journalstatus",
    "M054": "dokumentstatus",
    "M082": "journalposttype",
    "M087": "korrespondanseparttype",
    "M100": "saksdato",
    "M101": "journaldato",
    "M103": "dokumentetsDato",
    "M104": "mottattDato",
    "M105": "sendtDato",
    "M109": "forfallsdato",
    "M208": "referanseArkivdel",
    "M217": "tilknyttetRegistreringSom",
    "M305": "administrativEnhet",
    "M306": "saksansvarlig",
    "M307": "saksbehandler",
    "M400": "korrespondansepartNavn",
    "M500": "tilgangsrestriksjon",
    "M501": "skjermingshjemmel",
    "M502": "skjermingMetadata",
    "M503": "skjermingDokument",
    "M505": "skjermingOpphoererDato",
    "M602": "avsluttetDato",
    "M604": "arkivertDato",
    "M617": "avskrivningsdato",
    "M618": "avskrevetAv",
    "M619": "avskrivningsmaate",
}


def of_period(period: Period) -> Iterator[objects.Change]:
    """Every logged change of the case files and entries of the period, oldest first, read in batches."""
    names = {f"person:{public_id}": name for public_id, name in Person.objects.values_list("public_id", "name")}
    for row in _rows(period).iterator(chunk_size=AT_ONCE):
        yield objects.Change(
            unit=vars(row)["unit"],
            field=NAMES.get(row.field, row.field),
            at=row.changed_at,
            by=names.get(row.changed_by, row.changed_by),
            old=row.old,
            new=row.new,
        )


def _rows(period: Period) -> QuerySet[ChangeLog]:
    """Noark gives correspondents and restrictions no id: a change of theirs is told of their entry."""
    entries, its_own = period.entries(), OuterRef("target_id")
    by_kind = {
        "case_file": period.case_files().values("public_id"),
        "entry": entries.values("public_id"),
        "follow_up": entries.values("public_id"),
        "correspondent": Correspondent.objects.filter(entry__in=entries).values("public_id"),
        "restriction": Restriction.objects.filter(entry__in=entries).values("public_id"),
        "document": RecordDocument.objects.filter(entry__in=entries).values("public_id"),
    }
    wanted = Q()
    for kind, ids in by_kind.items():
        wanted |= Q(target_kind=kind, target_id__in=ids)
    unit = Case(
        *(
            When(target_kind=kind, then=Subquery(model.objects.filter(public_id=its_own).values("entry__public_id")))
            for kind, model in (("correspondent", Correspondent), ("restriction", Restriction))
        ),
        default=F("target_id"),
        output_field=UUIDField(),
    )
    rows: QuerySet[ChangeLog] = ChangeLog.objects.filter(wanted)
    return rows.annotate(unit=unit).order_by("changed_at", "id")
