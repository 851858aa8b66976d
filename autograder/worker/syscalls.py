"""The filter on system calls: what an answer never needs is refused, in every isolation alike.

One filter for all, so that the isolation of a machine does not decide what an answer can do.
Where namespaces leave nothing to reach, much of it is a second wall; under Landlock, which knows
paths only, it is the first.
"""

import errno
from functools import cache
from typing import Any

CLONE_THREAD = 0x00010000
LOW = 0xFFFFFFFF  # the kernel reads 32 bits of most arguments; what stands above must not count

# New processes and programs: threads are enough. Sockets: there is no network. Shared memory,
# queues, memory files: memory that the limits do not count. The rest: ways to other processes
# and into the kernel that have a history, and what tells of other processes' files.
REFUSED = """
    execve execveat fork vfork
    socket connect bind listen accept accept4
    shmget shmat shmctl shmdt msgget msgsnd msgrcv msgctl semget semop semtimedop semctl
    mq_open mq_unlink mq_notify mq_timedsend mq_timedreceive mq_getsetattr
    memfd_create memfd_secret
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
    pidfd_open pidfd_getfd pidfd_send_signal tkill get_robust_list
    ioprio_set migrate_pages move_pages
    inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark mincore
    mount umount2 pivot_root chroot unshare setns move_mount open_tree fsopen fsmount fsconfig
    fspick mount_setattr truncate chown fchown lchown fchownat
    mknod mknodat open_by_handle_at name_to_handle_at quotactl quotactl_fd acct swapon swapoff
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    add_key request_key keyctl init_module finit_module delete_module kexec_load
    kexec_file_load reboot settimeofday clock_settime clock_adjtime adjtimex sethostname
    setdomainname personality iopl ioperm modify_ldt lookup_dcookie vhangup syslog
    setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset
""".split()
# Reported as done but not done, so that shutil.copy and the like work: nobody shares the
# scratch folder, and nothing else may be changed. Landlock does not know these calls.
PRETENDED = """
    chmod fchmod fchmodat utime utimes futimesat utimensat flock sync syncfs fadvise64 readahead
""".split()
# The answers of a system that does not have them; Python and the C library know others.
NO_SUCH_CALL = "clone3 openat2".split()
NOT_SUPPORTED = """
    fallocate setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr
    flistxattr removexattr lremovexattr fremovexattr
""".split()
# From here on calls have one number on every processor, and libraries go without the newest.
# Not among them: three of futex and one that seals memory.
NEW = [451, 452, *range(457, 462), *range(463, 512)]

SOCK_STREAM, SOCK_TYPES = 1, 0xF
O_TRUNC, O_ACCMODE, O_WRONLY, O_RDWR = 0o1000, 3, 1, 2
FIONREAD, FIONBIO, FIONCLEX, FIOCLEX = 0x541B, 0x5421, 0x5450, 0x5451
FICLONE, FICLONERANGE = 0x40049409, 0x4020940D
F_LOCKS = (6, 7, 37, 38)  # F_SETLK, F_SETLKW and the same of open files
F_REFUSED = (8, 10, 15, 17, 1024, 1026, 1031, 1033, 1036, 1038)  # owner, signal, lease, notify …
PRCTL_REFUSED = (1, 4, 8, 28, 35, 36, 62, 0x59616D61)  # death signal, dumpable, … ptracer
RWF_NOWAIT = 8


@cache
def common() -> Any:
    """Return the filter that is the same for all workers."""
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    _by_name(rules, seccomp)
    _by_argument(rules, seccomp)
    for number in NEW:
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), number)
    return rules


def _by_name(rules: Any, seccomp: Any) -> None:
    for names, answer in (
        (REFUSED, errno.EPERM),
        (PRETENDED, 0),
        (NO_SUCH_CALL, errno.ENOSYS),
        (NOT_SUPPORTED, errno.EOPNOTSUPP),
    ):
        for name in names:
            _add(rules, seccomp, answer, name)


def _by_argument(rules: Any, seccomp: Any) -> None:
    """Refuse calls by their flags."""
    _processes(rules, seccomp)
    _sockets(rules, seccomp)
    _files(rules, seccomp)
    _ioctl(rules, seccomp)


def _processes(rules: Any, seccomp: Any) -> None:
    """Refuse new processes and what concerns others; `clone`, since `clone3` does not exist."""
    arg, equal, other = seccomp.Arg, seccomp.MASKED_EQ, seccomp.NE
    _add(rules, seccomp, errno.EPERM, "clone", arg(0, equal, CLONE_THREAD, 0))
    for name in ("prlimit64", "sched_setaffinity", "sched_setscheduler", "sched_setparam"):
        _add(rules, seccomp, errno.EPERM, name, arg(0, other, 0))  # another process than this
    _add(rules, seccomp, errno.EPERM, "sched_setattr", arg(0, other, 0))
    for place in (0, 1):
        _add(rules, seccomp, errno.EPERM, "setpriority", arg(place, other, 0))
    for option in PRCTL_REFUSED:
        _add(rules, seccomp, errno.EPERM, "prctl", arg(0, equal, LOW, option))


def _sockets(rules: Any, seccomp: Any) -> None:
    """A datagram socket of a pair could be used to write to any socket that has a name."""
    arg, equal, other = seccomp.Arg, seccomp.MASKED_EQ, seccomp.NE
    _add(rules, seccomp, errno.EPERM, "socketpair", arg(0, other, 1))
    for kind in set(range(SOCK_TYPES + 1)) - {SOCK_STREAM}:
        _add(rules, seccomp, errno.EPERM, "socketpair", arg(1, equal, SOCK_TYPES, kind))
    _add(rules, seccomp, errno.EPERM, "sendto", arg(4, other, 0))


def _files(rules: Any, seccomp: Any) -> None:
    arg, equal = seccomp.Arg, seccomp.MASKED_EQ
    # Truncating a file without opening it for writing: older versions of Landlock do not see it.
    for name, place in (("open", 1), ("openat", 2)):
        for mode in set(range(O_ACCMODE + 1)) - {O_WRONLY, O_RDWR}:
            flags = arg(place, equal, O_TRUNC | O_ACCMODE, O_TRUNC | mode)
            _add(rules, seccomp, errno.EPERM, name, flags)
    for command in F_LOCKS:
        _add(rules, seccomp, 0, "fcntl", arg(1, equal, LOW, command))
    for command in F_REFUSED:
        _add(rules, seccomp, errno.EPERM, "fcntl", arg(1, equal, LOW, command))
    _add(rules, seccomp, errno.EOPNOTSUPP, "preadv2", arg(5, equal, RWF_NOWAIT, RWF_NOWAIT))


def _ioctl(rules: Any, seccomp: Any) -> None:
    _add(rules, seccomp, errno.ENOTTY, "ioctl", seccomp.Arg(1, seccomp.LT, FIONREAD))
    _add(rules, seccomp, errno.ENOTTY, "ioctl", seccomp.Arg(1, seccomp.GT, FIOCLEX))
    for command in set(range(FIONREAD, FIOCLEX)) - {FIONREAD, FIONBIO, FIONCLEX}:
        _add(rules, seccomp, errno.ENOTTY, "ioctl", seccomp.Arg(1, seccomp.EQ, command))


def personal(process: int) -> Any:
    """Return the filter that lets a process send signals to itself and to nobody else."""
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    others = seccomp.Arg(0, seccomp.NE, process)
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        _add(rules, seccomp, errno.EPERM, name, others)
    return rules


def _add(rules: Any, seccomp: Any, answer: int, name: str, *arguments: Any) -> None:
    """Add a rule; a call that this processor or library does not know needs none."""
    try:
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
    except Exception:
        return
    if number >= 0:
        rules.add_rule(seccomp.ERRNO(answer), number, *arguments)


def refuse(process: int) -> None:
    """Refuse, from now on, what an answer never needs, for this process and its threads."""
    personal(process).load()
    common().load()
