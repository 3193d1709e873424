"""What was learned from decisions, in words: for the terminal and the admin site."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import exp
from typing import Any

from extraction.evaluation import ERRORS, LEAST_GAIN, SHOWN
from extraction.features import CONFIDENCE, LONG, PART, SHORT
from extraction.learning import Trial

FORMS = {
    "shipped": "as shipped",
    "calibrated": "calibrated",
    "learned": "learned",
}
VERDICTS = {
    "shipped": "Neither is a clear gain: the shipped rules stand.",
    "calibrated": "Calibration alone is a clear gain; other weights are not.",
    "learned": "The learned score is a clear gain.",
}
COLUMNS = {
    "log_loss": "log loss",
    "brier": "Brier score",
    "ranking": "ranking",
    "better_half": "kept of the first half",
    "shown": f"scored {SHOWN} or more",
    "shown_right": "kept of these",
}
MEANINGS = {
    "log loss": "how far the scores were from what was decided; lower is better",
    "Brier score": "the mean squared distance of score and decision; lower is better",
    "ranking": "how often a proposal that was kept stood above one that was not; "
    "0.5 is chance",
    "kept of the first half": "how many were kept of the half with the higher scores",
}
ABOUT = {
    CONFIDENCE: "the engine's own confidence",
    "sure_speaker": "how surely the speaker is known",
    "sure_claim": "how well the words fit the claim",
    "sure_voice": "how surely the words are the speaker's",
    "sure_reader": "how likely the trained reader finds the stance",
    "sure_value": "how surely the value is read",
    "sure_words": "how plain the words are",
    "sure_quote": "how exactly the quote was found",
    "speaker_unnamed": "no words name the speaker",
    "speaker_doubted": "several possible speakers",
    "speaks_for_another": "speaks for another",
    "claim_doubted": "several possible claims",
    "cue_none": "no cue word",
    "condition": "has a condition",
    "quotation_marks": "words in quotation marks",
    "question": "ends with a question mark",
    "words_few": f"fewer than {SHORT} words",
    "words_many": f"more than {LONG} words",
    "text_lead": "at the start of the text",
    "several_spans": "several pieces of text",
    "date_none": "no date",
    "date_read": "a date read from the text",
    "date_vague": "only the month or year is known",
    "said_again": "the actor says the same elsewhere in the text",
    "said_otherwise": "the actor says otherwise elsewhere in the text",
    "words_of_several": "several actors in the same words",
    "engines_agree": "both engines agree",
    "engines_disagree": "the engines disagree",
}
GROUPS = ("kind", "value", "language")


@dataclass(frozen=True)
class Weight:
    """One learned weight: what it is about and what it does to the odds."""

    about: str
    weight: str
    effect: str


def trial_as_json(trial: Trial) -> dict[str, Any]:
    """Return what ``measured`` and ``reasons`` read, as JSON."""
    gains = trial.against_shipped.items()
    return {
        "judged": {form.value: asdict(how) for form, how in trial.judged.items()},
        "gains": {form.value: asdict(how) for form, how in gains},
    }


def measured(report: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Return a row for each way of scoring: its name and its figures."""
    return [
        (words, [_figure(name, report["judged"][form]) for name in COLUMNS])
        for form, words in FORMS.items()
    ]


def _figure(name: str, judged: Mapping[str, Any]) -> str:
    value = judged[name]
    if name == "shown_right" and not judged["shown"]:
        return "-"
    if name == "shown":
        return str(value)
    if name in {"better_half", "shown_right"}:
        return f"{value:.0%}"
    return f"{value:.3f}"


def reasons(report: Mapping[str, Any]) -> list[str]:
    """Say what each form gained over the shipped score, and what it takes."""
    learned, calibrated = report["gains"]["learned"], report["gains"]["calibrated"]
    return [
        f"Learned: log loss {_gain(learned['log_loss'])}, "
        f"ranking {_gain(learned['ranking'])}.",
        f"Calibrated: log loss {_gain(calibrated['log_loss'])}, the order is the same.",
        f"Clear is a gain of {LEAST_GAIN} or more and at least {ERRORS} standard errors.",
    ]


def _gain(gain: Mapping[str, float]) -> str:
    way = "better" if gain["size"] >= 0 else "worse"
    return f"{way} by {abs(gain['size']):.3f} (error {gain['error']:.3f})"


def weights_in_words(weights: Mapping[str, Any]) -> list[Weight]:
    """List what was learned, the strongest first."""
    by_input = weights["by_input"].items()
    ranked = sorted(by_input, key=lambda item: (-abs(item[1]), item[0]))
    return [Weight(_about(n), f"{w:+.2f}", _effect(n, w)) for n, w in ranked]


def _about(name: str) -> str:
    if name in ABOUT:
        return ABOUT[name]
    kind, _, which = name.partition("=")
    if not which:
        kind, _, which = (
            name.partition("_") if name.startswith(GROUPS) else (name, "", "")
        )
    words = f"{kind}: {which}" if which else kind
    return words.replace("_", " ")


def _effect(name: str, weight: float) -> str:
    if name == CONFIDENCE:
        return "1 is to take it as it is, 0 to leave it out"
    if name.startswith(PART):
        return "counts for more" if weight > 0 else "counts for less"
    return f"multiplies the odds by {exp(weight):.2f}"
