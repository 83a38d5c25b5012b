"""``ektp audit``: which printed figures follow from the figures beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ektp_analytics.cli import options
from ektp_analytics.cli.console import Output, write_json
from ektp_analytics.cli.wording import say

if TYPE_CHECKING:
    from ektp_analytics.measures.published_figures import AuditResult, Check

_REASONS_SHOWN = 10
_DECIMALS = 4


def audit(
    file: options.File,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="PERAN=JUDUL",
            help="Tunjuk judul kolom untuk satu peran: total, part, percent, complement, "
            "complement_percent, mean, n, index, grade, u1 sampai u9, population, as_of; "
            "boleh diulang, juga untuk peran yang sama.",
        ),
    ] = None,
    sheet: options.SheetName = None,
    as_json: options.Json = False,
    lang: options.Lang = "id",
) -> None:
    """Periksa apakah angka tercetak dalam satu tabel saling sesuai; tidak ada yang diubah."""
    output = Output(as_json, options.language(lang))
    pairs = role_pairs(map_)
    with output.refusals():
        from ektp_analytics.pipeline.audit import audited
        from ektp_analytics.sources.published_tables import read_published

        result, findings = audited(read_published(file, pairs, sheet))
    if as_json:
        write_json(result.to_record(output.lang))
        return
    _print(result, output)
    output.findings(findings)


def role_pairs(given: Sequence[str] | None) -> list[tuple[str, str]]:
    """Read ``role=Header`` pairs; unlike other keys a role may come more than once."""
    return [pair for text in given or () for pair in options.mapping([text]).items()]


def _print(result: AuditResult, output: Output) -> None:
    accused = list(result.accused)
    output.table([_row(c, output) for c in accused], numbers=("audit_printed", "audit_recomputed"))
    for check in accused:
        _print_accused(check, output)
    counts = Counter(c.verdict for c in result.checks)
    words = [f"{verdict_words(v, output)} {output.whole(n)}" for v, n in counts.most_common()]
    output.say("audit_counts", counts=", ".join(words))
    _print_unchecked(result, output)
    output.line(result.summary.text(output.lang))


def _print_accused(check: Check, output: Output) -> None:
    from ektp_analytics.measures.explanations import slip_name

    record = check.to_record(output.lang)
    output.line(f"- {record['place']}: {record['explanation']}")
    for repair in record["repairs"]:
        slip = slip_name(repair["slip"], output.lang)
        output.say("audit_repair", would_be=repair["would_be"], slip=slip, place=repair["place"])


def _print_unchecked(result: AuditResult, output: Output) -> None:
    """Say why figures could not be checked: each reason once, and how often it held."""
    unchecked = [c for c in result.checks if c.verdict == "not checkable"]
    why = Counter(c.explanation.text(output.lang) for c in unchecked)
    if why:
        output.say("audit_unchecked")
    for sentence, times in why.most_common(_REASONS_SHOWN):
        output.line(f"- {times}× {sentence}")


def _row(check: Check, output: Output) -> dict[str, str]:
    place = check.to_record(output.lang)["place"]
    return {
        "audit_place": str(place),
        "audit_printed": check.printed,
        "audit_recomputed": recomputed_text(check.recomputed, output),
        "audit_verdict": verdict_words(check.verdict, output),
    }


def recomputed_text(value: float | str | None, output: Output) -> str:
    """Return a recomputed value for people: counts whole, shares with four decimals."""
    if value is None or isinstance(value, str):
        return value or ""
    return output.whole(value) if isinstance(value, int) else output.decimal(value, _DECIMALS)


def verdict_words(verdict: str, output: Output) -> str:
    """Name a verdict in plain words."""
    return say(f"verdict_{verdict.replace(' ', '_')}", output.lang)
