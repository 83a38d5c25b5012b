"""Words a report holds whoever is in the data: the package's own and the office's places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from ektp_analytics.privacy import words_of
from ektp_analytics.report.notebook_run import bundled_notebooks
from ektp_analytics.workspace import Office

_WITH_SENTENCES = (".yaml", ".j2", ".js", ".css")


def public_words(office: Office | None) -> str:
    """Return the public words in their order, each between spaces.

    Parameters
    ----------
    office
        Its name, region, kecamatan and e-KTP services are public; nothing else of its
        profile counts. Without an office the package's own words are left.
    """
    if office is None:
        return f"{_package_words()} "
    names = [office.id, office.name, office.short_name, office.region, *office.ektp_services]
    names += [kecamatan.name for kecamatan in office.kecamatan]
    own = " | ".join(" ".join(words_of(name)) for name in names)
    return f"{_package_words()} | {own} "


@cache
def _package_words() -> str:
    root = resources.files("ektp_analytics")
    texts = [file.read_text(encoding="utf-8") for file in _files(root)]
    texts += [book.read_text(encoding="utf-8") for book in bundled_notebooks().values()]
    return " " + " | ".join(" ".join(words_of(text)) for text in texts)


def _files(folder: Traversable) -> Iterator[Traversable]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _files(item)
        elif item.name.endswith(_WITH_SENTENCES):
            yield item
