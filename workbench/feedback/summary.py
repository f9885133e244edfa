"""The paragraph on top of an analysis. Every figure is filled into words by code. Pure."""

from collections.abc import Sequence

from workbench.feedback.sentiment import ACCURACY
from workbench.nouns import Lang, Language
from workbench.nouns.feedback import Estimate, Feedback, Figures, Section, ThemeFigures
from workbench.words import say

SHAKY = 0.5  # stability below which a theme, or all of them, are called unstable
NAMED = 3  # themes that are named
MINOR = 0.1  # share of the rows of the largest language below which another one is only counted
LEAST = 5  # rows from which a theme is told to be the lowest or the most complained about
LANGUAGES: dict[Language, str] = {"en": "english", "ko": "korean", "other": "third"}


def summary(lang: Lang, feedback: Feedback, figures: Figures) -> str:
    """The paragraph in a language."""
    masked = sum(count for _, count in feedback.masked)
    parts = [say(lang, "feedback.sum_read", read=number(figures.read), rows=number(figures.rows))]
    if feedback.missed:
        parts.append(say(lang, "feedback.sum_missed", count=len(feedback.missed)))
    if figures.empty:
        parts.append(say(lang, "feedback.sum_empty", count=number(figures.empty)))
    if same := figures.exact + figures.near:
        parts.append(say(lang, "feedback.sum_same", count=number(same), exact=number(figures.exact), near=number(figures.near)))
    if masked:
        parts.append(say(lang, "feedback.sum_masked", count=number(masked)))
    parts.append(say(lang, "feedback.sum_brackets"))
    for section in figures.sections:
        if section.rows < MINOR * figures.sections[0].rows:
            parts.append(say(lang, "feedback.sum_minor", language=tongue(lang, section.language), rows=number(section.rows)))
        else:
            parts += about(lang, feedback, section, alone=len(figures.sections) == 1)
    return " ".join(parts)


def about(lang: Lang, feedback: Feedback, section: Section, *, alone: bool) -> list[str]:
    """The sentences on one language."""
    spoken = tongue(lang, section.language)
    parts = [say(lang, "feedback.sum_one" if alone else "feedback.sum_language", language=spoken, rows=number(section.rows))]
    large = section.themes[:NAMED]
    names = [say(lang, "feedback.sum_theme", label=each.theme.label, count=number(each.count), share=share(lang, each.share)) for each in large]
    if not names:
        parts.append(say(lang, "feedback.sum_none"))
    elif len(section.themes) > len(large):
        parts.append(say(lang, "feedback.sum_themes", count=len(large), of=len(section.themes), themes=listed(lang, names)))
    else:
        parts.append(say(lang, "feedback.sum_all_themes" if len(names) > 1 else "feedback.sum_single", themes=listed(lang, names)))
    if section.other.count:
        parts.append(say(lang, "feedback.sum_other", count=number(section.other.count), share=share(lang, section.other.share)))
    found = next(each for each in feedback.found if each.language == section.language)
    if found.stability.value is not None and found.stability.value < SHAKY:
        parts.append(say(lang, "feedback.sum_shaky"))
    return [*parts, *feelings(lang, feedback, section), *moved(lang, section)]


def feelings(lang: Lang, feedback: Feedback, section: Section) -> list[str]:
    """What the rows feel on the whole, and the theme that is worst."""
    told = [each for each in section.themes if each.count >= LEAST]
    if section.mood.rating is not None and feedback.scale is not None:
        least, most = (f"{end:g}" for end in feedback.scale)
        parts = [say(lang, "feedback.sum_rating", mean=mean(lang, section.mood.rating), least=least, most=most)] if section.mood.rating.n else []
        rated = [each for each in told if each.mood.rating and each.mood.rating.n >= LEAST]
        if len(rated) > 1:
            worst = min(rated, key=lambda each: each.mood.rating.value if each.mood.rating and each.mood.rating.value is not None else 0)
            assert worst.mood.rating is not None
            parts.append(say(lang, "feedback.sum_lowest", label=worst.theme.label, mean=mean(lang, worst.mood.rating)))
        return parts
    if section.language == "other":
        return []
    right = share(lang, ACCURACY[section.language])
    parts = [say(
        lang, "feedback.sum_mood", negative=share(lang, section.mood.negative), positive=share(lang, section.mood.positive), right=right,
        language=tongue(lang, section.language))]
    if len(told) > 1:
        worst = max(told, key=lambda each: each.mood.negative.value or 0)
        parts.append(say(lang, "feedback.sum_complaints", label=worst.theme.label, share=share(lang, worst.mood.negative)))
    return parts


def moved(lang: Lang, section: Section) -> list[str]:
    """Themes whose share changed between the halves by more than chance allows, the most first."""
    told = [(each, way) for each in section.themes if (way := direction(each))]
    told.sort(key=lambda each: -abs(each[0].shift.change.value or 0) if each[0].shift else 0)
    return [
        say(lang, f"feedback.sum_{way}", label=each.theme.label, before=share(lang, each.shift.before), after=share(lang, each.shift.after))
        for each, way in told[:NAMED] if each.shift]


def direction(theme: ThemeFigures) -> str:
    """Whether a theme is rising or falling, empty where chance may have moved it."""
    if theme.shift is None or theme.shift.change.low is None or theme.shift.change.high is None:
        return ""
    return "rising" if theme.shift.change.low > 0 else "falling" if theme.shift.change.high < 0 else ""


def share(lang: Lang, estimate: Estimate) -> str:
    """A share in per cent with its interval."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    return say(lang, "feedback.share", **{name: percent(value) for name, value in zip(
        ("value", "low", "high"), (estimate.value, estimate.low, estimate.high), strict=True)})


def mean(lang: Lang, estimate: Estimate) -> str:
    """A mean with its interval."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    return say(lang, "feedback.mean", value=f"{estimate.value:.1f}", low=f"{estimate.low:.1f}", high=f"{estimate.high:.1f}")


def percent(value: float) -> str:
    """A share in per cent, with a decimal below ten."""
    return f"{100 * value:.0f}" if value >= 0.0995 or value == 0 else f"{100 * value:.1f}"


def number(count: int) -> str:
    """A count with its thousands apart."""
    return f"{count:,}"


def tongue(lang: Lang, language: Language) -> str:
    """What a language is called."""
    return say(lang, f"feedback.{LANGUAGES[language]}")


def listed(lang: Lang, names: Sequence[str]) -> str:
    """Several names in a sentence."""
    if lang == "ko" or len(names) < 2:
        return ", ".join(names)
    return ", ".join(names[:-1]) + say(lang, "feedback.and") + names[-1]
