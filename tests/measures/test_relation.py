"""A relation is judged in its most favourable reading; doubt never accuses."""

from ektp_analytics.measures.explanations import say
from ektp_analytics.measures.printed_number import PrintedNumber, readings
from ektp_analytics.measures.relation import (
    Figure,
    Judgement,
    Relation,
    evaluate,
    find_repairs,
    settle,
    unchecked,
)


def equal(numbers: tuple[PrintedNumber, ...]) -> Judgement:
    same = numbers[0].value == numbers[1].value
    return Judgement("follows" if same else "does not follow", None, say("count_whole"))


def figure(text: str, column: str) -> Figure:
    return Figure(2, column, text, readings(text, count=True))


def relation(first: Figure, second: Figure) -> Relation:
    return Relation("equal", 2, first.column, first.text, (first, second), equal)


def test_the_favourable_reading_counts() -> None:
    """1.325 equals both 1325 and 1325 thousandths."""
    assert evaluate(relation(figure("1.325", "a"), figure("1325", "b"))).verdict == "follows"


def test_an_unsettled_reading_is_not_accused() -> None:
    """The same pair of figures: settled it contradicts, unsettled it cannot be checked."""
    first, second = figure("1.325", "a"), figure("1400", "b")
    assert evaluate(relation(first, second)).verdict == "does not follow"
    doubtful = evaluate(relation(settle(first, False), second))
    assert doubtful.verdict == "not checkable"
    assert "1.325" in str(doubtful.explanation)


def test_repairs_that_fit_other_relations_come_first() -> None:
    """12 against 21: either may be swapped; a third figure 21 says which."""
    a, b, c = figure("12", "a"), figure("21", "b"), figure("21", "c")
    accused, witness = relation(a, b), relation(b, c)
    repairs, found = find_repairs(accused, [accused, witness])
    assert found == 2
    assert [(r.column, r.would_be, r.slip) for r in repairs] == [
        ("a", "21", "digits swapped"),
        ("b", "12", "digits swapped"),
    ]


def test_what_cannot_be_checked_says_so() -> None:
    """A reason, no figures, no repairs."""
    told = evaluate(unchecked("parts", 2, "a", "", say("no_bands")))
    assert (told.verdict, told.recomputed) == ("not checkable", None)


def test_a_long_column_is_tried_only_in_its_sum() -> None:
    """Eighty rows of 12 against 21: the slip is sought in the sum, in bounded time."""
    rows = tuple(figure("21", f"r{i}") for i in range(80))
    accused = Relation("equal", 2, "a", "12", (figure("12", "a"), *rows), equal)
    repairs, _ = find_repairs(accused, [accused])
    assert {r.column for r in repairs} == {"a"}
