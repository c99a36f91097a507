"""What an import makes of each row: once, with oddities counted, bad rows kept and words sealed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.drawn_form import DrawnForm
from tests.factories.street_files import HEADER, crime_row, street_file

from lastpiece.command.crime_files import import_areas, import_crimes, street_files
from lastpiece.command.report_files import import_reports
from lastpiece.command.rows import FileWrong
from lastpiece.command.tally import Tally
from lastpiece.site.desk.records.models import Area, AuditRow, Crime, ImportedReport, Report, SealedOriginal
from lastpiece.site.desk.records.queries.imported_reports import arrival_of
from lastpiece.site.desk.records.queries.originals import answers_of
from lastpiece.site.settings import env

pytestmark = pytest.mark.django_db
Import = Callable[..., Tally]
COUNTY = Path(__file__).parents[3] / "../shared/data/crime"

TIPS = """ref,date,narrative,place,5x5x5
A1,2026-10-01,"Sells from a grey Golf
near the shops",Nenbridge,E41
A2,02/10/2026,My mate told me they use flat 3,,C45
A3,2026-10-03,,somewhere,
A4,2026-13-03,A man with a knife,somewhere,
A5,2026-10-05,"never closed, somewhere,
A6,2026-10-06,After the broken one,Corby,2DC
A7,2026-10-07,Bad grade,Corby,Z99
A1,2026-10-01,Same number and other words,Nenbridge,E41
"""
MAPS = ("id=ref", "told_on=date", "what=narrative", "where=place", "grade=5x5x5")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DESK_FOLDER", tmp_path / "desk")


@pytest.fixture
def crimes() -> Import:
    def take(*paths: Path, encoding: str = "utf-8") -> Tally:
        tally = Tally()
        import_crimes(street_files(paths), encoding, tally)
        return tally

    return take


@pytest.fixture
def reports() -> Import:
    def take(path: Path, *maps: str, channel: str = "101", encoding: str = "utf-8") -> Tally:
        tally = Tally()
        import_reports(path, channel=channel, maps=maps, encoding=encoding, tally=tally)
        return tally

    return take


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.read, tally.added, tally.rejected, tally.already


def rejected(tally: Tally) -> list[list[str]]:
    (name,) = tally.reject_files
    return list(csv.reader(Path(name).read_text(encoding="utf-8").splitlines()))


def odd_file(folder: Path) -> Path:
    anti_social = crime_row(5, "Anti-social behaviour", crime_id="")
    return street_file(
        folder,
        [
            crime_row(1),
            crime_row(1, "Robbery"),
            anti_social,
            anti_social,
            f"{6:064x},2025-05,Nenshire Police,Nenshire Police,,,No Location,,,Drugs,,",
            crime_row(7).replace("2025-05", "May 2025"),
            crime_row(8).replace("52.2", "north"),
            crime_row(9) + ",too many",
        ],
    )


def test_crimes_are_imported_once_with_each_oddity_counted_and_each_bad_row_kept(
    crimes: Import, tmp_path: Path
) -> None:
    path = odd_file(tmp_path / "streets")
    tally = crimes(path.parent)
    assert counts(tally) == (8, 5, 3, 0)
    named = ("no_place", "no_crime_id", "repeated_crime_id", "repeated_row")
    assert {name: tally.notes[name] for name in named} == {
        "no_place": 1,
        "no_crime_id": 2,
        "repeated_crime_id": 1,
        "repeated_row": 1,
    }
    assert [row[:2] for row in rejected(tally)][1:] == [
        ["7", "The Month is not written YYYY-MM."],
        ["8", "The Latitude is not a number."],
        ["9", "The row has 13 cells, but the header has 12 columns."],
    ]
    assert counts(crimes(path)) == (8, 0, 3, 5)
    assert Crime.objects.count() == 5


def test_a_mended_reject_file_can_be_imported_as_it_is(crimes: Import, tmp_path: Path) -> None:
    tally = crimes(street_file(tmp_path / "streets", [crime_row(1), crime_row(2).replace("2025-05", "May")]))
    rejects = Path(tally.reject_files[0])
    rejects.write_text(rejects.read_text().replace(",May,", ",2025-05,"))
    assert counts(crimes(rejects)) == (1, 1, 0, 0)
    assert counts(crimes(street_file(tmp_path / "mended", [crime_row(2)]))) == (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty: nothing was imported"),
        (b"id,what\n1,2\n", "it has no column “Crime ID”, “Month”"),
        (f"{HEADER}\ncaf\xe9".encode("latin-1"), "Line 2 of 2025-05-nenshire-street.csv is not utf-8"),
        (f"{HEADER}\na\0b\n".encode(), "holds a NUL byte"),
    ],
)
def test_one_file_that_cannot_be_imported_stops_all_before_any_is_imported(
    content: bytes, said: str, crimes: Import, tmp_path: Path
) -> None:
    bad = street_file(tmp_path / "streets", [])
    bad.write_bytes(content)
    good = street_file(tmp_path / "streets", [crime_row(1)], "2025-04-nenshire-street.csv")
    with pytest.raises(FileWrong, match=said):
        crimes(good, bad)
    assert not Crime.objects.exists()


def test_a_folder_without_street_files_is_told(crimes: Import, tmp_path: Path) -> None:
    with pytest.raises(FileWrong, match="holds no street files"):
        crimes(tmp_path)


def test_areas_are_imported_from_geojson_and_say_which_crimes_lie_outside(crimes: Import, tmp_path: Path) -> None:
    ring = [[-0.9, 52.2], [-0.8, 52.2], [-0.8, 52.3], [-0.9, 52.2]]
    features = [
        {
            "properties": {"lsoa21_code": f"E0{n}", "lsoa21_name": f"Nenbridge 00{n}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]} if n else {"type": "Point", "coordinates": [0, 0]},
        }
        for n in range(6)
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    for added, already in ((5, 0), (0, 5)):
        tally = Tally()
        import_areas(path, code="", name="", tally=tally)
        assert counts(tally) == (6, added, 1, already)
    assert tally.answer()["notes"] == {"rejected_because": {"Feature 1: Its geometry is not a polygon.": 1}}
    tally = crimes(street_file(tmp_path / "streets", [crime_row(number) for number in range(7)]))
    assert tally.notes["outside_areas"] == 2
    for content, said in (("{", "is not GeoJSON"), ("[]", "is not a GeoJSON FeatureCollection")):
        path.write_text(content)
        with pytest.raises(FileWrong, match=said):
            import_areas(path, code="", name="", tally=Tally())


def test_reports_go_into_the_queue_sealed_once_with_old_grades_mapped(reports: Import, tmp_path: Path) -> None:
    path = tmp_path / "tips.csv"
    path.write_text(TIPS)
    tally = reports(path, *MAPS)
    assert counts(tally) == (8, 3, 4, 1)
    assert (tally.notes["grades_mapped"], tally.notes["sometimes_reliable"], tally.notes["changed_since"]) == (3, 1, 1)
    assert [row[0] for row in rejected(tally)][1:] == ["5", "6", "7", "9"]
    assert counts(reports(path, *MAPS)) == (8, 0, 4, 4)
    arrived = [arrival_of(report.pk) for report in Report.objects.order_by("told_on")]
    assert [(str(a.grade), a.mapped_from, len(a.conditions), a.line) for a in arrived if a] == [
        ("2DP", "E41", 0, 2),
        ("2CC", "C45", 1, 4),
        ("2DC", "", 0, 8),
    ]
    first = ImportedReport.objects.get(their_reference="A1").report
    assert (first.state, first.kind, first.channel) == ("waiting", "report", "101")
    assert "grey Golf\nnear the shops" in answers_of(first.pk)["what"]
    assert not any(b"Golf" in bytes(sealed) for sealed in SealedOriginal.objects.values_list("sealed", flat=True))
    assert not any("Golf" in f"{row.detail}{row.reason}{row.object_id}" for row in AuditRow.objects.all())


def test_json_lines_without_numbers_or_days_are_known_by_their_words(reports: Import, tmp_path: Path) -> None:
    path = tmp_path / "tips.jsonl"
    path.write_text('{"what": "told"}\n{"what": "told"}\n{"what": "something else"}\noops\n')
    assert counts(reports(path, channel="partner")) == (4, 2, 1, 1)
    assert counts(reports(path, channel="partner")) == (4, 0, 1, 3)
    assert counts(reports(path, channel="101")) == (4, 2, 1, 1), "through another channel it is another report"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "--map what=COLUMN. Its columns are “ref”, “narrative”."),
        ({"maps": ["what=story"]}, "has no column “story”. Its columns are “ref”, “narrative”."),
        ({"maps": ["colour=ref"]}, "where field is one of id, told_on, what"),
        ({"maps": ["what=narrative"], "channel": "pigeon"}, "choose one of 101, crimestoppers, partner"),
        ({"maps": ["what=narrative"], "encoding": "klingon"}, "choose one of utf-8, latin-1"),
    ],
)
def test_a_wrong_mapping_names_what_is_missing_and_what_is_there(
    options: dict[str, object], said: str, reports: Import, tmp_path: Path
) -> None:
    path = tmp_path / "tips.csv"
    path.write_text("ref,narrative\n1,told\n")
    maps = options.pop("maps", [])
    with pytest.raises(FileWrong) as refused:
        reports(path, *maps, **options)  # type: ignore[misc]  # the parameters are listed above
    assert said in str(refused.value)


def test_latin_1_is_read_when_it_is_said(reports: Import, tmp_path: Path) -> None:
    path = tmp_path / "tips.csv"
    path.write_bytes("what\nBy the café\n".encode("latin-1"))
    with pytest.raises(FileWrong, match="--encoding latin-1"):
        reports(path)
    assert counts(reports(path, encoding="latin-1")) == (1, 1, 0, 0)
    assert answers_of(Report.objects.get().pk)["what"] == "By the café"


@pytest.mark.slow
def test_a_real_year_of_a_real_county_is_read_to_the_last_row(crimes: Import) -> None:
    if not COUNTY.is_dir():
        pytest.skip(f"The real crime files are not at {COUNTY}; they are no part of the product.")
    import_areas(COUNTY / "geo" / "northants_lsoa21.geojson", code="", name="", tally=Tally())
    tally = crimes(COUNTY / "northants-2025")
    assert counts(tally) == (74_962, 74_962, 0, 0)
    assert dict(tally.notes) == {
        "no_place": 882,
        "outside_areas": 682,
        "outside_or_no_small_area": 1_564,
        "no_crime_id": 15_569,
        "repeated_crime_id": 789,
        "repeated_row": 4_259,
        "outcomes_changed": 0,
    }
    assert tally.by_kind["no_crime_id_types"] == {"Anti-social behaviour": 15_569}
    assert tally.by_kind["crime_types"]["Drugs"] == 2_801
    assert Area.objects.count() == 442
    assert counts(crimes(COUNTY / "northants-2025")) == (74_962, 0, 0, 74_962)


def test_the_assess_page_says_how_an_imported_report_came_and_proposes_its_grade(
    reports: Import, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    path = tmp_path / "tips.csv"
    path.write_text(TIPS)
    reports(path, *MAPS)
    came = ImportedReport.objects.get(mapped_from="C45")
    client = signed_in()
    client.post(f"/reports/{came.pk}/open/", {"reason": "working through the queue"})
    page = client.get(f"/reports/{came.pk}/assess/").content.decode()
    for shown in ("tips.csv, line 4", came.their_reference, "mapped from C45", came.conditions[0]):
        assert shown in page
    proposed = DrawnForm(page, "/mentions/").fields
    assert (proposed["source"], proposed["information"], proposed["handling"]) == ("2", "C", "C")
    assert proposed["conditions"] == came.conditions[0]
