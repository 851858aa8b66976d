"""Every limit on a submission, in one place. `docs/security.md` gives the reasons."""

from dataclasses import asdict, dataclass

MB = 2**20


@dataclass(frozen=True)
class Limits:
    """What a submission may use.

    Attributes
    ----------
    cell_seconds : float
        Wall time of one cell.
    exercise_seconds : float
        Wall time of all the calls of one exercise, with its second hearing.
    submission_seconds : float
        Wall time of a submission, its new starts after crashes included.
    cpu_seconds : int
        CPU time of one process.
    memory_bytes : int
        Address space beyond what the worker had when the student's code began.
    threads : int
        Of the worker's user; processes are refused altogether.
    open_files : int
    file_bytes : int
        Size of one file.
    scratch_bytes : int
        Size of the scratch folder, all files together.
    scratch_files : int
    output_bytes : int
        Text and pictures kept of one cell.
    output_items : int
        Outputs kept of one cell.
    starts : int
        Processes that a submission may use up by crashing.
    notebook_bytes : int
        Size of the notebook file.
    """

    cell_seconds: float = 20.0
    exercise_seconds: float = 20.0
    submission_seconds: float = 240.0
    cpu_seconds: int = 120
    memory_bytes: int = 1024 * MB
    threads: int = 64
    open_files: int = 64
    file_bytes: int = 16 * MB
    scratch_bytes: int = 32 * MB
    scratch_files: int = 2000
    output_bytes: int = 200_000
    output_items: int = 40
    starts: int = 40
    notebook_bytes: int = 160 * MB

    def as_dict(self):
        """Return the limits as plain data."""
        return asdict(self)
