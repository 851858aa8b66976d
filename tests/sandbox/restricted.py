"""Runs a command under the restrictions of other machines, imitated by a filter of system calls.

`python restricted.py docker,old PROGRAM ...`
"""

import errno
import os
import sys

import pyseccomp as seccomp

NEW_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000)
NEW_NAMESPACES += (0x40000000,)
NEWUSER = 0x10000000
LANDLOCK = (444, 445, 446)


def docker(rules):
    """Refuse what Docker's default profile does to a container without rights."""
    refuse = seccomp.ERRNO(errno.EPERM)
    for name in ("unshare", "mount", "umount2", "pivot_root", "setns"):
        rules.add_rule(refuse, name)
    for name in ("mount_setattr", "open_tree", "move_mount", "fsopen", "fsmount"):
        rules.add_rule(refuse, name)
    for flag in NEW_NAMESPACES:
        rules.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")


def ubuntu(rules):
    """Refuse user namespaces, as Ubuntu 24.04 does to most programs of ordinary users."""
    refuse = seccomp.ERRNO(errno.EPERM)
    for name in ("unshare", "clone"):
        rules.add_rule(refuse, name, seccomp.Arg(0, seccomp.MASKED_EQ, NEWUSER, NEWUSER))
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")


def old(rules):
    """Have no Landlock, as kernels before 5.13."""
    for number in LANDLOCK:
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), number)


def main():
    """Load the filters, then become the command."""
    for name in sys.argv[1].split(","):
        rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
        {"docker": docker, "ubuntu": ubuntu, "old": old}[name](rules)
        rules.load()
    os.execv(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
