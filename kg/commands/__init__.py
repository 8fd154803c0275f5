"""Commands of `kg` beside those of `kg.cli`: each module holds some of one subject and lists them in COMMANDS."""
