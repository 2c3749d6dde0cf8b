"""The answers that a closed question allows."""

import pytest

from blipdesk.domain.choices import CHOICES, MAX_CHOICES, check_choices, read_choices
from blipdesk.domain.errors import UsageError


def test_ready_made_lists_are_known_by_name() -> None:
    assert read_choices(" Yes/No ") == ("yes", "no")
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
