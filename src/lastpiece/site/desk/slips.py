"""The slip that somebody is handed with their seven words, in the language they read, and which languages there are.

It says what the words are and nothing of what they are for. The words themselves are English ones everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ENGLISH = "en"
UNKNOWN = "und"
"""BCP 47's own code for a language that nobody named: no list of ours reads such words, and a person is told so."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One language: its name as staff and readers know it, its direction, and what the slip says in it."""

    name: str
    direction: str
    heading: str
    keeping: str


SLIPS: Mapping[str, Slip] = {
    ENGLISH: Slip("English", "ltr", "Your seven words", "In this order. Keep them where only you look."),
    "cy": Slip(
        "Cymraeg (Welsh)", "ltr", "Eich saith gair", "Yn y drefn hon. Cadwch nhw lle mai dim ond chi sy’n edrych."
    ),
    "pl": Slip(
        "Polski (Polish)", "ltr", "Twoje siedem słów", "W tej kolejności. Trzymaj je tam, gdzie nikt nie zagląda."
    ),
    "ro": Slip(
        "Română (Romanian)",
        "ltr",
        "Cele șapte cuvinte",
        "În această ordine. Păstrați-le unde nu vă uitați decât dumneavoastră.",
    ),
    "ar": Slip("العربية (Arabic)", "rtl", "كلماتكم السبع", "بهذا الترتيب. احتفظوا بها حيث لا ينظر أحد سواكم."),
}
"""By language code: those of the public site (`site/front/locale`)."""
