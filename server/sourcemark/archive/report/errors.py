"""What can go wrong with a report, in sentences."""


class ReportError(Exception):
    """A report that cannot be made; the message says why and what to do. Nothing was written."""
