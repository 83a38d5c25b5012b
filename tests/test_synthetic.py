"""The made-up office and the files bundled in data/raw."""

import csv
import hashlib
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from ektp_analytics.errors import Refused
from ektp_analytics.periods import Period
from ektp_analytics.sources.dispatch import read_source
from ektp_analytics.synthetic import (
    DEFAULT_PERIODS,
    SYNTHETIC_LABEL,
    made_up_code,
    story,
    workdays,
    write_office,
)
from ektp_analytics.synthetic.plan import plan_office
from ektp_analytics.synthetic.tables import labels

REPOSITORY = Path(__file__).parents[1]
SHARED = REPOSITORY.parent / "shared"
RAW = REPOSITORY / "data" / "raw"
ELEMENTS = list(story.ELEMENT_MEANS)
SOURCES = [
    "survey", "service_log", "registrations", "publications", "complaints", "opening",
    "discipline", "outreach", "follow_up", "evidence",
]  # fmt: skip
STAGES = ["registered_at", "complete_at", "printed_at", "handed_over_at"]


@pytest.fixture(scope="module")
def contoh(tmp_path_factory):
    return write_office(tmp_path_factory.mktemp("workspace"))


def read(folder, period, source):
    """Read one written file with pandas alone, keys for headers."""
    keys = {label: key for key, label in labels(source).items()}
    path = folder / period / f"{source}.csv"
    if source == "survey":
        table = pd.read_excel(path.with_suffix(".xlsx"), engine="calamine")
    else:
        codes = {labels(source).get(key): str for key in ("code", "kecamatan_code")}
        table = pd.read_csv(path, dtype={k: v for k, v in codes.items() if k})
    return table.rename(columns=keys)


def log_of(folder, period):
    log = read(folder, period, "service_log")
    for name in [*STAGES, "recorded_at", "sent_at", "print_ready_at"]:
        log[name] = pd.to_datetime(log[name], format="%Y-%m-%d %H:%M")
    for name in ("scheduled_for", "promised_at"):
        log[name] = pd.to_datetime(log[name], format="%Y-%m-%d")
    return log


def on_time(folder, period):
    """Share of the quarter's complete e-KTP requests printed within 24 hours."""
    log, span = log_of(folder, period), Period.parse(period)
    started = log["complete_at"].between(span.opens, span.closes, inclusive="left")
    card = log["service"].isin(story.EKTP_SERVICES)
    asked = log[started & card & ~log["status"].isin(["dibatalkan", "ditolak"])]
    return ((asked["printed_at"] - asked["complete_at"]) <= pd.Timedelta(hours=24)).mean()


def every_file(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_same_arguments_give_the_same_bytes(tmp_path):
    """Determinism: what a seed means."""
    small = {"periods": ["2025-Q4"], "scale": 0.1}
    first = every_file(write_office(tmp_path / "a", **small))
    again = every_file(write_office(tmp_path / "b", **small))
    other = every_file(write_office(tmp_path / "c", seed=7, **small))
    assert first == again
    assert first.keys() == other.keys()
    assert first[Path("2025-Q4/service_log.csv")] != other[Path("2025-Q4/service_log.csv")]


def test_a_period_written_alone_equals_the_period_written_with_others(contoh, tmp_path):
    """Determinism: random streams are independent of what else is written."""
    alone = write_office(tmp_path, periods=["2025-TW3"])
    for path in (alone / "2025-Q3").iterdir():
        assert path.read_bytes() == (contoh / "2025-Q3" / path.name).read_bytes()


def test_bundled_contoh_is_what_the_generator_writes(contoh):
    """The committed files have no hand-made figure; XLSX is compared by cells."""
    for path in [*sorted(contoh.rglob("*.csv")), contoh / "office.yaml"]:
        assert path.read_bytes() == (RAW / "contoh" / path.relative_to(contoh)).read_bytes(), path
    for period in DEFAULT_PERIODS:
        pd.testing.assert_frame_equal(
            read(contoh, period, "survey"), read(RAW / "contoh", period, "survey")
        )


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_no_column_can_hold_a_person(contoh, period):
    """No name, NIK, family card, telephone: DESIGN of the bundled office."""
    for source in SOURCES:
        table = read(contoh, period, source)
        assert not {"name", "nama", "nik", "no_kk", "phone"} & set(table.columns)
        text = table.select_dtypes("str").to_csv(index=False)
        assert not re.search(r"\d{10,}", text)


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_every_cell_reads_as_its_kind(contoh, period):
    """Every column is parseable with pandas and holds only what its kind allows."""
    log, survey = log_of(contoh, period), read(contoh, period, "survey")
    assert log["application_id"].is_unique
    assert set(log["kind"].dropna()) == {"rekam baru", "ganti", "ubah data", "pindah"}
    assert set(log["channel"]) == {"online", "loket", "kecamatan", "jemput bola"}
    assert set(log["sex"]) == {"L", "P"}
    assert log["fee_charged"].dropna().ge(0).all() and log["corrections"].ge(0).all()
    assert log.loc[log["channel"] != "online", "scheduled_for"].isna().all()
    assert set(survey[ELEMENTS].melt()["value"].dropna()) <= {1, 2, 3, 4}
    assert survey["submitted_at"].is_monotonic_increasing
    assert survey["age"].between(17, 79).all()
    known = set(yaml.safe_load((contoh / "office.yaml").read_text())["services"]["ektp"])
    assert known < set(log["service"]) and set(survey["service"]) <= set(log["service"])


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_stages_follow_one_another(contoh, period):
    """A card is not printed before requirements are complete, nor handed over unprinted."""
    log = log_of(contoh, period)
    for earlier, later in pairwise(STAGES):
        both = log.dropna(subset=[earlier, later])
        assert (both[earlier] <= both[later]).all()
    assert log.loc[log["printed_at"].isna(), "handed_over_at"].isna().all()


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_log_lists_what_was_open_in_the_period(contoh, period):
    """Rows: registered in the period, or earlier and still open on its first day."""
    log, span = log_of(contoh, period), Period.parse(period)
    assert (log["registered_at"] < span.closes).all()
    earlier = log[log["registered_at"] < span.opens]
    assert len(earlier) > 0
    assert not (earlier["handed_over_at"] < span.opens).any()


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_users_served_is_the_number_handed_over(contoh, period):
    """N of the survey is the number of persons served in its window (Krejcie-Morgan)."""
    log, span = log_of(contoh, period), Period.parse(period)
    handed = log["handed_over_at"].between(span.opens, span.closes, inclusive="left").sum()
    profile = yaml.safe_load((contoh / "office.yaml").read_text(encoding="utf-8"))
    assert profile["survey"]["users_served"][period] == handed


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_registration_counts_add_up(contoh, period):
    """The sum recorded + not_recorded is obligated; one kecamatan is truly above 100 %."""
    table = read(contoh, period, "registrations")
    waiting = table[["print_ready", "sent", "duplicate", "biometric_failure"]].sum(axis=1)
    assert (table["holders"] + waiting == table["recorded"]).all()
    above = table["recorded"] > table["obligated"]
    assert set(table.loc[above, "kecamatan"]) == {"Contoh Kota"}
    assert (table["not_recorded"].isna() == above).all()
    sums = (table["recorded"] + table["not_recorded"])[~above]
    assert (sums == table.loc[~above, "obligated"]).all()
    for key in ("population", "obligated", "recorded", "holders"):
        assert (table[f"{key}_male"] + table[f"{key}_female"] == table[key]).all()
    assert table.select_dtypes("number").min().min() >= 0


def test_remote_kecamatan_are_covered_less(contoh):
    """Case study (Asmawati 2023): remote areas hinder; in every month coverage grows."""
    table = pd.concat(read(contoh, period, "registrations") for period in DEFAULT_PERIODS)
    rate = (table["recorded"] / table["obligated"]).groupby(table["code"]).last()
    assert rate.iloc[-3:].max() < rate.iloc[:4].min()
    totals = table.groupby("as_of")["recorded"].sum()
    assert totals.is_monotonic_increasing
    assert 10 <= table["biometric_failure"].groupby(table["as_of"]).sum().max() <= 40


def test_short_waits_follow_the_national_distribution():
    """Ditjen Dukcapil, June 2020 (medcom.id, 7 July 2020): 889,521 requests, by waiting time.

    Of those within 24 hours: under 1 h 28.94, 1-2 h 15.39, 2-3 h 11.08, 3-6 h 28.05,
    6-24 h 10.87 percent of all.
    """
    hours = story.draw_hours(story.NATIONAL_HOURS, np.random.default_rng(1), 200_000)
    counts = np.histogram(hours, bins=[0, 1, 2, 3, 6, 24])[0] / len(hours)
    published = np.array([28.94, 15.39, 11.08, 28.05, 10.87])
    np.testing.assert_allclose(counts, published / published.sum(), atol=0.005)


def test_service_starts_near_ten():
    """Case study: opens 08.00 by rule, near 10.00 in practice."""
    plan = plan_office("contoh", "99.01", 20250101)
    minutes = list(workdays.opening_minutes(plan, Period.parse("2025-Q1")).values())
    assert 9 * 60 + 30 <= np.median(minutes) <= 10 * 60 + 15
    assert 0 < np.mean(np.array(minutes) <= workdays.OFFICIAL_OPENING) < 0.25


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_read_without_an_error(contoh, period, source):
    """The bundled office is clean: every row of every source is kept."""
    path = next(p for p in (contoh / period).iterdir() if p.stem == source)
    result = read_source(source, path)
    assert result.kept == result.read > 0
    assert [f.rule for f in result.findings if f.severity == "error"] == []


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_the_opening_table_and_the_log_are_one_office(contoh, period):
    """No request is taken at a counter before the minute at which its day opened."""
    days = read_source("opening", contoh / period / "opening.csv").table.set_index("day")
    log, span = log_of(contoh, period), Period.parse(period)
    taken = log[log["channel"].eq("loket") & log["registered_at"].ge(span.opens)]
    minutes = (
        taken["registered_at"] - taken["registered_at"].dt.normalize()
    ).dt.total_seconds() / 60
    first = minutes.groupby(taken["registered_at"].dt.normalize()).min()
    opened = days["opened_at"].reindex(first.index)
    assert opened.notna().all()
    assert (first >= opened.astype(float)).all()
    assert 9 * 60 < days["opened_at"].median() < 10 * 60 + 15
    assert days["due_open"].eq(8 * 60).all()


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_the_service_car_and_the_log_are_one_office(contoh, period):
    """Recordings on a car day are those of the log on that day."""
    events = read_source("outreach", contoh / period / "outreach.csv").table
    car = events[events["kind"].eq("jemput_bola") & events["held_on"].notna()]
    log = log_of(contoh, period)
    by_car = log[log["channel"].eq("jemput bola")]
    same = by_car[by_car["recorded_at"].dt.normalize() == by_car["registered_at"].dt.normalize()]
    counts = same["registered_at"].dt.normalize().value_counts()
    expected = counts.reindex(car["held_on"], fill_value=0).tolist()
    assert car["recordings"].tolist() == expected
    assert events["held_on"].isna().sum() >= 2


def test_few_sanctions_few_publications_some_follow_up(contoh):
    """Case study (Asmawati 2023): sanctions rare, accounts unpublished, talks for officials."""

    def year(source):
        return pd.concat(
            read_source(source, contoh / p / f"{source}.csv").table for p in DEFAULT_PERIODS
        )

    assert year("discipline")["sanctioned_on"].notna().mean() < 0.5
    assert year("publications")["published"].mean() < 0.5
    talks = year("outreach").query("kind == 'sosialisasi'")
    assert (talks["audience"] == "aparat").mean() > 0.6
    assert 0.2 < year("follow_up")["done_on"].notna().mean() < 0.8


def test_no_counter_work_on_holidays():
    """Nyepi and Idulfitri 2025 with joint leave: no working day from 28 March to 7 April."""
    days = workdays.working_days(Period.parse("2025-03").start, Period.parse("2025-04").end)
    off = range(
        workdays.day_number(pd.Timestamp("2025-03-28").date()),
        workdays.day_number(pd.Timestamp("2025-04-08").date()),
    )
    assert not set(off) & set(days.tolist())


def test_the_year_tells_its_story(contoh):
    """Steady on-time share, then a blank-card shortage; a tail from a day to two weeks."""
    shares = [on_time(contoh, period) for period in DEFAULT_PERIODS]
    assert all(0.85 < share < 0.95 for share in shares[:3])
    assert shares[3] < min(shares[:3]) - 0.10
    log = log_of(contoh, "2025-Q2")
    days = (log["printed_at"] - log["complete_at"]).dt.total_seconds() / 86_400
    assert (days.between(1, 14)).mean() > 0.05
    assert days.max() > 14


@pytest.mark.parametrize("period", DEFAULT_PERIODS)
def test_survey_is_good_on_cost_and_weak_on_time(contoh, period):
    """Index stable about 84, time the weakest element, cost the best."""
    means = read(contoh, period, "survey")[ELEMENTS].mean()
    assert means.mean() * 25 == pytest.approx(84.3, abs=1.5)
    assert means.idxmin() == "waktu"
    assert means.idxmax() == "biaya"


def test_large_survey_reaches_the_stated_means(tmp_path):
    """The latent model is calibrated: sample means near the stated means at n = 2,000."""
    folder = write_office(tmp_path, periods=["2025-Q2"], scale=5)
    means = read(folder, "2025-Q2", "survey")[ELEMENTS].mean()
    assert means.to_dict() == pytest.approx(dict(story.ELEMENT_MEANS), abs=0.06)


def test_other_offices_have_their_own_habits(tmp_path):
    """Offices of a batch differ in coverage and lateness, and never share a code."""
    one = plan_office("contoh-001", made_up_code(1), 3)
    two = plan_office("contoh-002", made_up_code(2), 3)
    assert one.habits != two.habits
    assert one.kecamatan[5].coverage != two.kecamatan[5].coverage
    codes = {made_up_code(number) for number in range(1, 515)}
    assert len(codes) == 514
    with pytest.raises(ValueError, match="No unused region code"):
        made_up_code(0)


@pytest.mark.parametrize("period", ["2025-02", "2025-S2", "2025"])
def test_other_periodicities_are_written_too(tmp_path, period):
    """A month, a semester and a year hold the rows of the quarters they touch."""
    folder = write_office(tmp_path, periods=[period], scale=0.05)
    log, span = log_of(folder, period), Period.parse(period)
    assert (log["registered_at"] < span.closes).all()
    assert log["registered_at"].between(span.opens, span.closes, inclusive="left").sum() > 20
    ends = read(folder, period, "registrations")["as_of"].unique()
    assert max(ends) == span.end.isoformat()


def test_a_real_office_is_never_overwritten(tmp_path):
    """Demo data must not land in an office's own folder."""
    folder = tmp_path / "data" / "raw" / "banyuasin"
    folder.mkdir(parents=True)
    profile = folder / "office.yaml"
    profile.write_text("id: banyuasin\n", encoding="utf-8")
    with pytest.raises(Refused, match="bukan data contoh"):
        write_office(tmp_path, office="banyuasin", periods=["2025-Q1"], scale=0.05)
    assert list(folder.iterdir()) == [profile]
    assert profile.read_text(encoding="utf-8") == "id: banyuasin\n"


def test_bundled_office_says_that_it_is_made_up():
    """The label stands in the profile, and the code is of no province."""
    profile = yaml.safe_load((RAW / "contoh" / "office.yaml").read_text(encoding="utf-8"))
    assert profile["label"] == SYNTHETIC_LABEL == "DATA CONTOH (sintetis)"
    assert profile["code"] == "99.01"
    assert all(isinstance(k["code"], str) for k in profile["kecamatan"])


def sidecars():
    return sorted(RAW.rglob("*.source.yaml"))


@pytest.mark.parametrize("sidecar", sidecars(), ids=lambda p: p.parent.parent.name + "-" + p.name)
def test_published_files_are_the_ones_described(sidecar):
    """SHA-256 of the bytes as committed; every field of the sidecar is there."""
    told = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    assert set(told) == {"producer", "title", "address", "accessed", "licence", "sha256", "note"}
    described = sidecar.with_name(sidecar.name.removesuffix(".source.yaml"))
    assert hashlib.sha256(described.read_bytes()).hexdigest() == told["sha256"]


def test_every_published_file_has_its_sidecar():
    """Where a figure comes from must be known for every file that is not made up."""
    files = [p for o in ("sekadau", "banyuasin") for p in (RAW / o).glob("*/*.csv")]
    assert len(files) == 3
    assert {p.name + ".source.yaml" for p in files} == {p.name for p in sidecars()}


def test_sekadau_rows_are_the_published_ones():
    """sekadaukab.go.id article 923: sums of the 49 readable rows by element."""
    table = pd.read_csv(RAW / "sekadau" / "2019-S1" / "survey.csv")
    sums = table[[f"u{k}" for k in range(1, 10)]].sum().tolist()
    assert len(table) == 49
    assert sums == [138, 139, 150, 177, 159, 163, 161, 143, 159]
    shared = SHARED / "data" / "skm_sekadau_2019s1_respondents.csv"
    if not shared.exists():
        pytest.skip("../shared/data is not here")
    pd.testing.assert_frame_equal(table, pd.read_csv(shared))


def figures():
    path = RAW / "banyuasin" / "2017-Q4" / "published_figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_case_study_figures_stand_in_the_article():
    """Asmawati (2023): each figure is copied character for character."""
    paper = SHARED / "domain" / "paper.txt"
    if not paper.exists():
        pytest.skip("../shared/domain is not here")
    text = paper.read_text(encoding="utf-8")
    printed = [f["Tertulis"] for f in figures() if not f["Tempat"].startswith("Di luar artikel")]
    assert [p for p in printed if p not in text] == []
    assert {"1.325.996", "8,98%", "127.682", "106,51", "6,82%", "93,18%", "23 %"} <= set(printed)


def test_case_study_evidence_contradicts_the_abstract():
    """The abstract says the principles work as planned, the results say not yet.

    Asmawati (2023): every principle has statements on both sides.
    """
    table = pd.read_csv(RAW / "banyuasin" / "2017-Q4" / "evidence.csv")
    assert len(table) >= 30
    assert table["Pengode"].unique().tolist() == ["A"]
    sides = table.groupby("Prinsip")["Arah"].unique().map(set)
    assert set(sides.index) == {"partisipasi", "transparansi", "akuntabilitas", "supremasi hukum"}
    assert all(side == {"mendukung", "menghambat"} for side in sides)
    abstract = table[
        table["Dokumen"].str.contains("Abstrak") & (table["Tema"] == "pernyataan umum")
    ]
    assert set(abstract["Arah"]) == {"mendukung"}


@pytest.mark.parametrize("office", ["banyuasin", "contoh"])
def test_evidence_names_known_indicators(office):
    """Indicator codes are those of the catalogue."""
    catalogue = REPOSITORY / "ektp_analytics" / "framework" / "indicators.yaml"
    if not catalogue.exists():
        pytest.skip("the catalogue is not here")
    known = set(re.findall(r"[a-z]+(?:_[a-z]+)+", catalogue.read_text(encoding="utf-8")))
    for path in (RAW / office).rglob("evidence.csv"):
        assert set(pd.read_csv(path)["Indikator"].dropna()) <= known


def test_banyuasin_has_its_21_kecamatan():
    """Kepmendagri 300.2.2-2138/2025: 16.07.01 to 16.07.21; the 2018 list stops at 19."""
    profile = yaml.safe_load((RAW / "banyuasin" / "office.yaml").read_text(encoding="utf-8"))
    assert [k["code"] for k in profile["kecamatan"]] == [f"16.07.{n:02d}" for n in range(1, 22)]
    assert [k["name"] for k in profile["kecamatan"] if "valid_from" in k] == [
        "Karang Agung Ilir",
        "Selat Penuguan",
    ]
    assert profile["promise"][0]["limit"] == "3d"
