"""The root of the product's exceptions; every other exception is defined where it is raised."""


class KgError(Exception):
    """Something the user can mend: the message names the input, what is wrong and what to do."""
