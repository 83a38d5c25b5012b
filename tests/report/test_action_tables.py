"""Publication, promises kept and promises made."""

import datetime as dt

import pandas as pd

from ektp_analytics.report.action_tables import (
    follow_up_done,
    follow_up_plan,
    publication_checklist,
)
from ektp_analytics.report.edition import Edition

EDITION = Edition(as_of=dt.date(2025, 12, 31))


def test_published_unpublished_overdue_and_unknown():
    """Unknown is not no; an older cycle than due is out of date."""
    base = {"required_by": "UU 25/2009 Pasal 21"}
    table = pd.DataFrame(
        [
            {**base, "item": "A", "published": True, "published_on": dt.date(2025, 2, 3)},
            {**base, "item": "B", "published": False},
            {**base, "item": "C", "published": True, "overdue": True, "covers": "2023"},
            {**base, "item": "D", "published": None},
        ]
    )
    frame = publication_checklist(table, EDITION).to_frame()
    assert frame["Dipublikasikan"].tolist() == ["sudah", "belum", "kedaluwarsa", "belum dinilai"]
    assert frame["Tanggal"].tolist() == ["3 Feb 2025", "–", "–, Memuat periode 2023", "–"]


def test_groups_open_once():
    """Six service-delivery components under one head."""
    table = pd.DataFrame(
        [{"item": i, "required_by": "x", "published": True, "group": g} for i, g in
         [("a", "G1"), ("b", "G1"), ("c", "G2")]]
    )  # fmt: skip
    kinds = [row.kind for row in publication_checklist(table, EDITION).rows]
    assert kinds == ["group", "row", "row", "group", "row"]


def test_promises_done_late_and_under_way():
    """Due on the cut-off day and not done is not done; due later is under way."""
    table = pd.DataFrame(
        [
            {"action": "A", "due": dt.date(2025, 10, 31), "done_on": dt.date(2025, 10, 24)},
            {"action": "B", "due": dt.date(2025, 12, 31), "done_on": None},
            {"action": "C", "due": dt.date(2026, 3, 31), "done_on": None},
        ]
    )
    frame = follow_up_done(table, EDITION).to_frame()
    assert frame["Status"].tolist() == ["selesai 24 Okt 2025", "belum selesai", "berjalan"]


def test_a_kept_promise_still_says_what_its_indicator_did():
    """Done and yet worse, done and better, not comparable: each in its own words."""
    base = {
        "action": "Cetak tiap hari",
        "due": dt.date(2025, 11, 1),
        "done_on": dt.date(2025, 10, 24),
    }
    table = pd.DataFrame(
        [
            {**base, "subject": "Waktu", "verdict": "turun", "better": False},
            {**base, "subject": "Sarana", "verdict": "naik", "better": True},
            {**base, "subject": "Alur", "verdict": "tidak sebanding", "better": None},
            {**base, "subject": "Alur", "verdict": "", "better": None},
        ]
    )
    frame = follow_up_done(table, EDITION).to_frame()
    moved = frame["Indikatornya sejak itu"].tolist()
    assert moved == ["turun", "naik", "tidak sebanding", "–"]


def test_the_plan_ticks_its_quarters():
    """PermenPAN-RB follow-up plan: TW I–IV as columns; who is responsible may be blank."""
    row = {
        "subject": "Waktu",
        "state": "75,06 · C",
        "action": "Cetak tiap hari",
        "measure": "80%",
        "quarters": [1, 4],
        "responsible": None,
    }
    frame = follow_up_plan(pd.DataFrame([row]), EDITION, year=2026, period_label="TW IV 2025")
    assert frame.to_frame().iloc[0].tolist() == (
        ["1", "Waktu", "75,06 · C", "Cetak tiap hari", "80%", "I", "", "", "IV", "–"]
    )


def test_nothing_delivered_is_said():
    """Empty lists say why they are empty."""
    none = pd.DataFrame({"action": [], "due": [], "done_on": []})
    assert "tidak disampaikan" in str(follow_up_done(none, EDITION).html())
