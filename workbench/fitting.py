"""Whether a model fits this computer, before it is loaded."""

from collections.abc import Sequence

from workbench.bench import Bench
from workbench.errors import BadRequest
from workbench.models.worker import rehearse
from workbench.nouns.models import Fit

LEAST, MOST_TOGETHER = 64, 256


def fits(bench: Bench, model: str, windows: Sequence[int], together: int = 0) -> tuple[Fit, ...]:
    """The memory that each window of a model takes, nothing of it taken; with room for so many full windows `together`, else
    for as many as the scheduler makes. Raises BadRequest, and NoSuchModel, ModelMissing, ModelStopped as `Bench.card`."""
    card = bench.card(model)
    for window in windows:
        if not LEAST <= window <= card.context_length:
            raise BadRequest("number", name="window", value=window, least=LEAST, most=card.context_length)
    if not 0 <= together <= MOST_TOGETHER:
        raise BadRequest("number", name="together", value=together, least=0, most=MOST_TOGETHER)
    return rehearse(bench.file(model), windows, together)
