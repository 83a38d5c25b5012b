"""The look of every chart: colours that hold in grey, one type family, no legend.

Designed once as a plotly template. Each colour keeps a distinct grey value, so that a
black-and-white print says the same; what asks for attention is also a diamond, a word
or a bold number.
"""

from __future__ import annotations

from typing import Any

from ektp_analytics.errors import Language

INK = "#1B2733"  # text, intervals, targets (grey value 37)
GREY_1 = "#54606C"  # secondary text (94)
GREY_2 = "#8E99A3"  # limits, connectors (151)
GREY_3 = "#CFD5DA"  # row rules, grid (212)
GRID_WIDTH = 0.5
GREY_4 = "#EEF1F3"  # group rows, control zone (240)
BAND_DARK = "#DADFE3"  # grade bands D and B (222)
BAND_LIGHT = "#ECEFF1"  # grade bands C and A (238)
BLUE = "#0F4C75"  # points, lines, key number (62)
BAR = "#7699B2"  # bars (145)
ATTENTION = "#B8500F"  # attention (104), contrast 5.0 on white
WHITE = "#FFFFFF"

FONT = "Source Sans Pro, Open Sans, Lato, sans-serif"
TEXT_SIZE = 10.5  # px; never under 10 (7.5 pt)
SMALL_SIZE = 10.0
STRONG_SIZE = 11.0
SEPARATORS: dict[Language, str] = {"id": ",.", "en": ".,"}  # decimal mark, thousands mark


def template(lang: Language = "id") -> dict[str, Any]:
    """Return the plotly template of the report.

    Parameters
    ----------
    lang
        Language whose decimal and thousands marks plotly uses where it prints numbers.

    Returns
    -------
    dict
        Plain plotly JSON for ``layout.template``.
    """
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "tickfont": {"size": SMALL_SIZE, "color": GREY_1},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
            "colorway": [BLUE, BAR, GREY_1, ATTENTION],
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "hoverlabel": {
                "bgcolor": WHITE,
                "bordercolor": GREY_2,
                "font": {"family": FONT, "size": 12, "color": INK},
            },
            "separators": SEPARATORS[lang],
            "xaxis": axis,
            "yaxis": axis,
        }
    }
