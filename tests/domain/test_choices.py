"""The answers that a closed question allows."""

import pytest

from blipdesk.domain.choices import CHOICES, MAX_CHOICES, are_unlikely, check_choices, read_choices
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Choice


def test_ready_made_lists_are_known_by_name() -> None:
    assert read_choices(" Yes/No ") == ("yes", "no")
    assert read_choices("color") == read_choices("Colour")
    for name, choices in CHOICES.items():
        assert read_choices(name) == check_choices(choices) == choices


def test_a_list_of_the_persons_own() -> None:
    assert read_choices("a big  dog, Cat ,яблоко") == ("a big dog", "Cat", "яблоко")


@pytest.mark.parametrize(
    "text",
    ["", "yes", ",", "yes,", "yes,,no", "yes, Yes", "ß, SS", ",".join(map(str, range(MAX_CHOICES + 1)))],
)
def test_what_makes_no_sense_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_choices(text)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("likelihoods", "unlikely"),
    [
        ((0.5, 0.3), False),
        ((1e-6, 0.05), False),  # one that the model might say is enough
        ((1e-6, 1e-9), True),
        ((None, None), False),  # kept by an earlier version: nothing is known
    ],
)
def test_answers_that_a_model_would_hardly_give_are_known(
    likelihoods: tuple[float | None, ...], unlikely: bool
) -> None:
    assert are_unlikely([Choice("a", 0.5, likelihood) for likelihood in likelihoods]) is unlikely
