"""The catalogue as shipped: complete, coherent, and placed in two ways."""

from fractions import Fraction

import pytest

from ektp_analytics.errors import Refused
from ektp_analytics.framework.catalogue import load_catalogue
from ektp_analytics.report.wording import name_of

ELEMENTS = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "pengaduan",
    "sarana",
)


def test_every_indicator_stands_in_its_principle() -> None:
    """The four principles of the case study with their indicators, counted by hand."""
    catalogue = load_catalogue()
    scored = [i.principle for i in catalogue.scored]
    assert {p: scored.count(p) for p in catalogue.principles} == {
        "participation": 8,
        "transparency": 7,
        "accountability": 11,
        "rule_of_law": 8,
    }
    shown = [i.code for i in catalogue.indicators.values() if not i.scored]
    assert shown == ["recorded_without_card", "ikd_activation"]


@pytest.mark.parametrize("mapping", ["default", "paper"])
def test_weights_of_every_group_sum_to_exactly_one(mapping: str) -> None:
    """Fractions leave no rounding: one means one."""
    catalogue = load_catalogue(mapping=mapping)
    assert all(sum(weights.values()) == 1 for weights in catalogue.groups.values())
    for principle in catalogue.principles:
        inside = [i.code for i in catalogue.scored if i.principle == principle]
        assert sum(catalogue.weight_in_principle(code) for code in inside) == 1


def test_the_papers_mapping_puts_all_nine_elements_under_accountability() -> None:
    """Asmawati (2023) treats the nine survey elements under accountability."""
    paper = load_catalogue(mapping="paper")
    places = {paper[f"skm_{element}"].group for element in ELEMENTS}
    assert places == {"accountability.service_felt"}
    assert paper.aspects_of("transparency") == ("transparency.published", "transparency.certainty")
    assert paper.weight_in_principle("skm_biaya") == Fraction(1, 27)
    assert load_catalogue().weight_in_principle("skm_biaya") == Fraction(1, 9)


def test_goalposts_as_laid_down() -> None:
    """Shares 0 and 100, survey elements 25 and 100, ratios 0.5 and 1, sex parity 0.90–0.98."""
    catalogue = load_catalogue()
    for element in ELEMENTS:
        indicator = catalogue[f"skm_{element}"]
        assert (indicator.floor, indicator.target) == (25, 100)
    assert (catalogue["sex_parity"].floor, catalogue["sex_parity"].target) == (0.90, 0.98)
    assert (catalogue["equal_treatment"].floor, catalogue["equal_treatment"].target) == (0.5, 1)
    assert catalogue["recording_coverage"].floor == 80
    judged = {i.code for i in catalogue.scored if i.floor_is_judgment}
    assert judged == {"recording_coverage", "coverage_equity", "sex_parity", "equal_treatment"}


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    """A slip of the pen should not need a second look at the manual."""
    with pytest.raises(Refused, match="legal_time_limit"):
        load_catalogue()["legal_timelimit"]


def test_an_unknown_mapping_is_refused() -> None:
    """The refusal lists the mappings there are."""
    with pytest.raises(Refused, match="default, paper"):
        load_catalogue(mapping="press")


def test_the_table_has_one_row_per_indicator_and_shares_that_add_up() -> None:
    """Shares of a principle are in percent; shown indicators carry none."""
    table = load_catalogue().to_frame("en")
    assert len(table) == 36
    assert table.groupby("principle")["weight"].sum().round(9).eq(100).all()
    assert table.loc[~table["scored"], "weight"].eq(0).all()


def test_principles_are_named_as_everywhere_else() -> None:
    """The report and the case study say Supremasi hukum (Asmawati 2023, abstrak)."""
    catalogue = load_catalogue()
    assert catalogue.principles["rule_of_law"]["id"] == "Supremasi hukum"
    for lang in ("id", "en"):
        names = {key: name_of("principle", key, lang) for key in catalogue.principles}
        assert names == {key: name[lang] for key, name in catalogue.principles.items()}


def test_names_tell_the_indicators_apart() -> None:
    """No two indicators, and no two aspects, share a printed name."""
    catalogue = load_catalogue()
    for lang in ("id", "en"):
        for things in (catalogue.indicators.values(), catalogue.aspects.values()):
            names = [getattr(thing, "name", thing)[lang] for thing in things]
            assert len(set(names)) == len(names)
