"""Source to facts: readers, sections, mentions and rules; knows no graph and no storage."""
