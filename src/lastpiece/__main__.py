"""`python -m lastpiece`: the same as the `lastpiece` command."""

from lastpiece.command import main

main()
