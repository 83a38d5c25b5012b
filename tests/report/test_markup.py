"""Text from files never becomes markup."""

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from ektp_analytics.report import markup


class Reader(HTMLParser):
    """Collects tags and text as a browser would see them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.words, self.attributes = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)


def read(html):
    reader = Reader()
    reader.feed(str(html))
    reader.close()
    return reader


@given(st.text(alphabet=st.characters(blacklist_characters="*\n\r")))
def test_any_text_comes_back_as_the_same_words(text):
    """HTML standard: escaped text parses back to itself and adds no element."""
    seen = read(markup.element("td", text, title=text))
    assert seen.tags == ["td"]
    assert "".join(seen.words) == markup.clean(text)


def test_names_with_signs_emoji_and_arabic():
    """Names of villages and persons hold &, <, quotes, emoji and Arabic letters."""
    name = 'Kp. "A" & <b>B</b> 😀 مرحبا'
    assert "".join(read(markup.element("p", name)).words) == name


def test_bold_marks_and_lines():
    """Only our own two marks become elements."""
    assert str(markup.rich("**a < b** c\nd")) == "<b>a &lt; b</b> c<br>d"
    assert markup.plain("**Turun:** x") == "Turun: x"


def test_attributes_are_escaped_and_may_be_left_out():
    """A quote in a value can't end the attribute."""
    made = markup.element("i", class_='a" onload="x', hidden=None, aria_label="b")
    assert dict(read(made).attributes) == {"class": 'a" onload="x', "aria-label": "b"}


def test_our_own_markup_is_kept():
    """Markup made here passes once, and is not escaped twice."""
    inner = markup.element("b", "&")
    assert markup.element("p", inner) == Markup("<p><b>&amp;</b></p>")


@given(st.text())
def test_no_text_closes_the_data_of_a_chart(text):
    """HTML standard, script data state: only ``</script`` ends a script element."""
    made = str(markup.json_script({"name": text, "value": 0.123456789}))
    inside = made.removeprefix('<script type="application/json">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == {"name": markup.clean(text), "value": 0.123457}


def test_plotly_reads_no_tags_from_data():
    """The text of plotly takes <a href>; data must not be able to use it."""
    assert markup.plot_text('<a href="x">A & B</a>') == '&lt;a href="x"&gt;A &amp; B&lt;/a&gt;'
    assert markup.plot_text("**84,44**") == "<b>84,44</b>"


def test_control_characters_are_dropped():
    """XML 1.0 allows no control characters; a PDF or Word file with them breaks."""
    assert markup.clean("a\x00b\x1bc\ud800d\te") == "abcd\te"
