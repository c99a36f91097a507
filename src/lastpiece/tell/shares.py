"""The root in five envelopes: any three of them give it back, two of them say nothing of it.

SLIP-39 (SatoshiLabs, 2017), whose lists of words are checked for mistakes as they are read; one share is 33 words.
"""

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from lastpiece.tell.certificate import Root

NEEDED, SHARES = 3, 5
_FEWEST, MOST = 2, 16
"""Shares that SLIP-39 can make of one secret; one that alone gives it back is a copy, not a share."""
_SEED_BYTES = 32


class SharesWrong(ValueError):
    """The shares at hand do not give back a root. Says nothing of what was typed."""

    def __init__(self) -> None:
        super().__init__(
            "These shares give back no root: there are too few, they are not of one root, or a word is wrong. "
            "Check them against the sheets."
        )


class SplitWrong(ValueError):
    """A secret cannot be split like that."""

    def __init__(self) -> None:
        super().__init__(f"Two shares at least must be needed, and no more than there are; there may be {MOST}.")


def split(root: Root, *, needed: int = NEEDED, shares: int = SHARES) -> tuple[str, ...]:
    """Return `shares` lists of words, of which any `needed` give back the root; another call gives another set.

    Raises:
        SplitWrong: it cannot be split like that.
    """
    if not _FEWEST <= needed <= shares <= MOST:
        raise SplitWrong
    (group,) = generate_mnemonics(1, [(needed, shares)], root.seed)
    return tuple(group)


def join(shares: Sequence[str]) -> Root:
    """Return the root that enough shares of one splitting give. More than enough may be there.

    Raises:
        SharesWrong: they give none.
    """
    try:
        parsed = sorted({Share.from_mnemonic(" ".join(share.casefold().split())) for share in shares}, key=_place)
        if len({(share.common_parameters(), share.member_threshold) for share in parsed}) != 1:
            raise SharesWrong
        enough = parsed[: parsed[0].member_threshold]  # the library takes exactly so many
        seed = combine_mnemonics(share.mnemonic() for share in enough)
    except (MnemonicError, ValueError):
        raise SharesWrong from None  # the cause may quote a word
    if len(seed) != _SEED_BYTES:
        raise SharesWrong
    return Root(seed)


def _place(share: Share) -> int:
    return int(share.index)
