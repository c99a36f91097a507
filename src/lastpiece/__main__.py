"""`python -m lastpiece`: the same as the `lastpiece` command."""

if __name__ == "__main__":  # a worker process that comes by here must not load every verb
    from lastpiece.command import main

    main()
