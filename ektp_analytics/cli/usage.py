"""Help pages and usage messages in the user's language.

typer writes them in English and offers no other; its own command classes are the place
where another wording can be given.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ektp_analytics.cli.wording import say
from ektp_analytics.errors import Language

_EXTRA = re.compile(r"unexpected extra argument.*\((?P<extra>.*)\)")
_DEFAULT = re.compile(r"\[default: (.*?)\]")
_KIND = re.compile(r" <\w+>| \[x?[\d.<>=]+\]")
_BRACES = re.compile(r"\{(\w[\w|]*)\}")
_UNKNOWN_COMMAND = re.compile(r"No such command '(?P<command>.*?)'")


class PlainCommand(TyperCommand):
    """A command whose help page has Indonesian headings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "options_metavar": "[PILIHAN]"})

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options under Indonesian headings."""
        _write_parameters(self, ctx, formatter)


class PlainGroup(TyperGroup):
    """The group of all commands, its help page with Indonesian headings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        plain = {"options_metavar": "[PILIHAN]", "subcommand_metavar": "PERINTAH …"}
        super().__init__(*args, **{**kwargs, **plain, "suggest_commands": False})

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write options and commands under Indonesian headings."""
        _write_parameters(self, ctx, formatter)
        rows = [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
        with formatter.section(say("section_commands")):
            formatter.write_dl(rows)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = _BRACES.sub(r"\1", " ".join(command.collect_usage_pieces(ctx)))
    formatter.write_usage(ctx.command_path, pieces, prefix=say("usage"))


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    parameters = command.get_params(ctx)
    if help_option := command.get_help_option(ctx):
        help_option.help = say("help_option")
    for kind, heading in (("argument", "section_arguments"), ("option", "section_options")):
        found = [p.get_help_record(ctx) for p in parameters if p.param_type_name == kind]
        if rows := [_plain(row) for row in found if row is not None]:
            with formatter.section(say(heading)):
                formatter.write_dl(rows)


def _plain(row: tuple[str, str]) -> tuple[str, str]:
    """Return a line of a help page without typer's own English remarks."""
    name, text = row
    text = text.replace("[required]", f"[{say('required')}]")
    return _KIND.sub("", name), _DEFAULT.sub(rf"[{say('default')} \1]", text)


def usage_message(problem: Any, lang: Language = "id") -> str:
    """Return what was wrong with a command line, and where its help is.

    Parameters
    ----------
    problem
        The usage error typer raised.
    lang
        Language of the sentence.
    """
    context = getattr(problem, "ctx", None)
    command = context.command_path if context is not None else "ektp"
    return f"{_sentence(problem, context, lang)}\n{say('help_hint', lang, command=command)}"


def _sentence(problem: Any, context: Any, lang: Language) -> str:
    name = type(problem).__name__
    said = str(getattr(problem, "message", problem))
    if name == "NoSuchOption":
        option = problem.option_name
        return say("no_such_option", lang, option=option) + _perhaps(
            problem.possibilities or _nearest(option, _option_names(context)), lang
        )
    if name == "BadOptionUsage":
        needs = "does not take" not in said
        key = "option_needs_value" if needs else "option_takes_no_value"
        return say(key, lang, option=problem.option_name)
    if name == "MissingParameter":
        kind = getattr(problem.param, "param_type_name", "argument")
        return say(f"missing_{kind}", lang, name=_named(problem))
    if isinstance(problem, typer.BadParameter):
        return say("bad_value", lang, name=_named(problem), why=said.rstrip("."))
    return _other(said, context, lang)


def _other(said: str, context: Any, lang: Language) -> str:
    if extra := _EXTRA.search(said):
        return say("extra_arguments", lang, extra=extra["extra"])
    if said.startswith("Missing command"):
        return say("missing_argument", lang, name="PERINTAH")
    if unknown := _UNKNOWN_COMMAND.search(said):
        known = list(getattr(context.command, "commands", {}))
        near = _nearest(unknown["command"], known)
        more = _perhaps(near, lang) or f" {say('known_commands', lang, names=', '.join(known))}"
        return say("no_such_command", lang, command=unknown["command"]) + more
    return say("usage_other", lang, what=said.rstrip("."))


def _named(problem: Any) -> str:
    """Return the parameter as the help page names it: ``BERKAS`` or ``--as-of``."""
    if isinstance(problem.param_hint, str):
        return problem.param_hint
    parameter = problem.param
    if parameter is None:
        return "-"
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    return str(parameter.opts[0])


def _option_names(context: Any) -> list[str]:
    if context is None:
        return []
    return [name for p in context.command.get_params(context) for name in p.opts if "--" in name]


def _nearest(word: str, known: Sequence[str]) -> list[str]:
    return difflib.get_close_matches(word, known, n=2)


def _perhaps(names: Sequence[str], lang: Language) -> str:
    return f" {say('perhaps', lang, names=', '.join(sorted(names)))}" if names else ""
