"""Two surveys compared: moved, not moved, not comparable."""

import numpy as np
import pandas as pd
import pytest

from ektp_analytics.measures.answer_tally import tally_answers
from ektp_analytics.measures.change import moved_beyond_noise
from ektp_analytics.measures.index_change import element_reading, index_change, index_reading
from ektp_analytics.measures.index_interval import index_interval

NINE = [f"u{place}" for place in range(1, 10)]


def survey(base, seed, n=120):
    rng = np.random.default_rng(seed)
    latent = rng.normal(base, 0.4, (n, 1)) + rng.normal(0, 0.6, (n, 9))
    return pd.DataFrame(np.clip(np.rint(latent), 1, 4), columns=NINE)


def test_interval_of_the_difference_adds_the_two_periods_limits():
    """Zou and Donner, Statistics in Medicine 27 (2008): square and add the distances."""
    before, after = (tally_answers(survey(b, s), NINE) for b, s in ((2.9, 1), (3.3, 2)))
    one, two = index_interval(before), index_interval(after)
    change = index_change(before, after)
    assert change.verdict == "up"
    difference = float(two.index - one.index)
    down = np.hypot(float(two.index) - two.bounds[0], one.bounds[1] - float(one.index))
    up = np.hypot(two.bounds[1] - float(two.index), float(one.index) - one.bounds[0])
    assert change.interval == pytest.approx((difference - down, difference + up))
    assert index_change(after, before).verdict == "down"


def test_the_same_survey_did_not_move():
    tally = tally_answers(survey(3.0, 3), NINE)
    assert index_change(tally, tally).verdict == "unchanged"


def test_only_elements_answered_in_both_periods_count():
    frame = survey(3.0, 4)
    before = tally_answers(frame, NINE)
    after = tally_answers(frame.assign(u9=4).drop(columns="u1"), NINE[1:])
    change = index_change(before, after)
    assert [note.code for note in change.notes] == ["change_on_common_set"]
    assert "u1" in str(change.notes[0])
    expected = frame.assign(u9=4)[NINE[1:]].mean().mean() - frame[NINE[1:]].mean().mean()
    assert change.difference == pytest.approx(25 * expected)


def test_too_few_questionnaires_or_other_elements_are_not_comparable():
    many, few = (tally_answers(survey(3.0, 5, n), NINE) for n in (50, 9))
    assert index_change(many, few).reason.code == "too_few_for_interval"
    other = tally_answers(survey(3.0, 6).set_axis([f"v{i}" for i in range(9)], axis=1), ["v1"], 1)
    assert index_change(many, other).reason.code == "change_no_common_element"


def test_elements_form_a_family():
    before, after = (tally_answers(survey(b, s), NINE) for b, s in ((2.9, 7), (3.4, 8)))
    pairs = {e: (element_reading(before, e), element_reading(after, e)) for e in NINE}
    changes = moved_beyond_noise(pairs, 1)
    assert {change.verdict for change in changes.values()} == {"up"}
    assert index_reading(before).value == pytest.approx(float(index_interval(before).index))
