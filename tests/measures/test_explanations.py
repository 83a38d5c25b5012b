"""Every sentence exists in both languages and names the figures it is given."""

import re
from fractions import Fraction
from importlib import resources
from pathlib import Path

import yaml

import ektp_analytics.measures as package
from ektp_analytics.measures.explanations import Shown, say, slip_name

TEXTS = yaml.safe_load(
    (resources.files("ektp_analytics") / "texts" / "audit.yaml").read_text(encoding="utf-8")
)


def test_numbers_are_written_as_each_language_writes_them() -> None:
    """1234567.5 is 1.234.567,50 in Indonesian and 1,234,567.50 in English."""
    shown = Shown(Fraction("1234567.5"), 2)
    assert shown.text("id") == "1.234.567,50"
    assert shown.text("en") == "1,234,567.50"
    assert Shown(Fraction(-3), 0).text("id") == "-3"


def test_both_languages_need_the_same_details() -> None:
    """A sentence that names a figure in one language names it in the other."""
    for code, text in TEXTS.items():
        if code == "slips":
            continue
        names = [set(re.findall(r"{(\w+)}", text[lang])) for lang in ("id", "en")]
        assert names[0] == names[1], code


def test_every_code_said_in_the_package_has_its_sentence() -> None:
    """The codes are read from the source of the package."""
    sources = [p.read_text(encoding="utf-8") for p in Path(package.__path__[0]).glob("*.py")]
    said = {code for text in sources for code in re.findall(r'\bsay\(\s*"(\w+)"', text)}
    assert said
    assert said <= set(TEXTS)


def test_sentences_may_follow_each_other() -> None:
    """A second sentence stands behind the first."""
    text = say("n_is_one", say("no_bands")).text("en")
    assert text.startswith("n = 1") and text.endswith("no grade bands were given.")


def test_slips_have_names() -> None:
    """The four slips the audit undoes are named in plain words."""
    assert slip_name("digit lost") == "satu angka hilang"
    assert slip_name("decimal mark", "en") == "decimal mark moved or lost"
