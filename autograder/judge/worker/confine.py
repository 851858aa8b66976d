"""Taking a process's rights away, in the order in which they can still be taken.

The order: namespaces and mounts (these need rights), then user and capabilities, then limits,
then the filter on system calls, after which none of it can be undone.
"""

import ctypes
import errno
import os
import resource
import sys
from functools import cache

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWPID = 0x00020000, 0x08000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP, PR_SET_DUMPABLE = 1, 38, 24, 4
NOBODY = 65534
CLONE_THREAD = 0x00010000

# What an answer never needs. New processes and programs: threads are enough. Sockets: there is
# no network. Shared memory, queues, memory files: memory that the limits do not count. The
# rest: ways into the kernel that have a history.
REFUSED = """
    execve execveat fork vfork
    socket connect bind listen accept accept4
    shmget shmat shmctl msgget msgsnd msgrcv semget semop mq_open memfd_create memfd_secret
    ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_open pidfd_getfd
    mount umount2 pivot_root chroot unshare setns move_mount open_tree fsopen fsmount fsconfig
    mknod mknodat open_by_handle_at name_to_handle_at quotactl acct swapon swapoff
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    add_key request_key keyctl init_module finit_module delete_module kexec_load
    kexec_file_load reboot settimeofday clock_settime clock_adjtime adjtimex sethostname
    setdomainname personality iopl ioperm modify_ldt lookup_dcookie vhangup fanotify_init
    setuid setgid setreuid setregid setresuid setresgid setgroups capset
""".split()


def _check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def fork_apart():
    """Fork process 1 of a new pid namespace; what this process forks otherwise stays in its own."""
    back, first = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC), None
    try:
        _check(LIBC.unshare(CLONE_NEWPID), "unshare")
        first = os.fork()
    finally:
        if first != 0:  # also where there was no room for another process
            _check(LIBC.setns(back, CLONE_NEWPID), "setns")
        os.close(back)
    return first


def namespaces():
    """Leave the mount and IPC namespaces of the process that forked this one."""
    _check(LIBC.unshare(CLONE_NEWNS | CLONE_NEWIPC), "unshare")


def mounts(scratch_bytes, scratch_files):
    """Lay fresh folders of bounded size over the places that can be written, hide /proc."""
    _check(LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "mount private")
    # A course that lies in /tmp itself: its Python must still be found there afterwards.
    kept = {
        place: os.open(place, os.O_PATH)
        for place in {sys.prefix, sys.base_prefix}
        if place.startswith("/tmp/")
    }
    flags = MS_NOSUID | MS_NODEV | MS_NOEXEC
    for place, size, files, mode in (
        (b"/tmp", scratch_bytes, scratch_files, "1777"),
        (b"/dev/shm", scratch_bytes // 4, 64, "1777"),
        (b"/proc", 4096, 1, "0555"),
    ):
        options = f"size={size},nr_inodes={files},mode={mode}".encode()
        _check(LIBC.mount(b"tmpfs", place, b"tmpfs", flags, options), f"mount {place.decode()}")
        if place == b"/tmp":
            for prefix, descriptor in kept.items():
                os.makedirs(prefix)
                _check(
                    LIBC.mount(
                        f"/proc/self/fd/{descriptor}".encode(),
                        prefix.encode(),
                        None,
                        MS_BIND | MS_REC,
                        None,
                    ),
                    f"bind {prefix}",
                )
                os.close(descriptor)


def die_with_parent():
    """Have the kernel kill this process when its parent ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)


def survey():
    """Return what `/proc` tells and the worker will need, before `mounts` hides it.

    Returns
    -------
    dict
        ``used``: the address space in bytes; ``user``: the number of a user to become, who is
        nobody and nobody else's (0 in a user namespace of one number: there is none).
    """
    with open("/proc/self/statm") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    with open("/proc/self/uid_map") as lines:
        start, _, count = max(
            (tuple(map(int, line.split())) for line in lines), key=lambda numbers: numbers[2]
        )
    # A number of its own for each worker: the kernel counts threads by users. From the upper
    # half of all numbers, where no account has one.
    drawn = int.from_bytes(os.urandom(8), "little") % max(count // 2, 1)
    return {"used": used, "user": start + count - 1 - drawn if os.getuid() == 0 else 0}


def become_nobody(facts):
    """Give up user, groups and capabilities for good."""
    for capability in range(64):
        LIBC.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if facts["user"]:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(facts["user"], facts["user"], facts["user"])
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    _check(LIBC.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    _check(LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    _check(LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "dumpable")


def limits(given, facts, confined):
    """Set the kernel's limits for this process.

    The number of threads is one of the user's; where that is the instructor, it stays.
    """
    for kind, value in (
        (resource.RLIMIT_AS, facts["used"] + given["memory_bytes"]),
        *([(resource.RLIMIT_NPROC, given["threads"])] if confined else []),
        (resource.RLIMIT_NOFILE, given["open_files"]),
        (resource.RLIMIT_FSIZE, given["file_bytes"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(kind, (value, value))
    seconds = given["cpu_seconds"]  # at the first a signal that tells what it is about
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))


@cache
def refusals():
    """Return the filter that refuses what an answer never needs, with EPERM."""
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
    refuse = seccomp.ERRNO(errno.EPERM)
    for name in REFUSED:
        try:
            number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
        except Exception:  # a call that this kernel's library has never heard of
            continue
        if number >= 0:
            rules.add_rule(refuse, number)
    # glibc falls back to clone where clone3 does not exist; clone's flags can be looked at.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, 0))
    return rules


def system_calls():
    """Refuse, from now on, what an answer never needs, for this process and its threads."""
    refusals().load()
