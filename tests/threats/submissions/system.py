"""Network, kernel, namespaces: each attempt must be refused, and then the answer is right."""

from tests.threats.declare import attempt

NETWORK = """
socket.create_connection(("1.1.1.1", 80), 1)
socket.create_connection(("127.0.0.1", 22), 1)
socket.getaddrinfo("example.org", 80)
socket.socket(socket.AF_INET, socket.SOCK_STREAM)
socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
socket.socket(socket.AF_UNIX)
socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
__import__("urllib.request").request.urlopen("http://example.org", timeout=1)
syscall(41, 2, 1, 0)
libc.socket(2, 1, 0) >= 0
"""

KERNEL = """
libc.ptrace(0, 0, 0, 0) == 0
libc.ptrace(16, os.getppid(), 0, 0) == 0
syscall(310, os.getppid(), 0, 0, 0, 0, 0)
libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0
libc.umount2(b"/proc", 2) == 0
libc.unshare(0x10000000) == 0
libc.unshare(0x00020000) == 0
libc.setns(0, 0) == 0
libc.chroot(b"/tmp") == 0
syscall(155, b"/tmp", b"/tmp")
syscall(425, 8, 0)
syscall(319, b"threat", 0)
syscall(447, 0)
syscall(321, 0, 0, 0)
syscall(298, 0, 0, -1, -1, 0)
syscall(323, 0)
syscall(248, b"user", b"threat", b"x", 1, -3)
syscall(250, 0, -3, 0)
syscall(434, 1, 0)
syscall(272, 0x10000000)
syscall(56, 17, 0, 0, 0, 0)
syscall(435, 0, 0)
syscall(57)
syscall(58)
syscall(101, 0, 0, 0, 0)
syscall(135, 0x0040000)
syscall(428, -100, b"/", 0)
syscall(430, b"proc", 0)
"""

RIGHTS = """
os.setuid(0) is None and False
os.setresuid(0, 0, 0)
os.setgroups([0])
syscall(126, None, None)
os.nice(-5)
os.mknod("/tmp/threat-left-this-dev", 0o60666, os.makedev(8, 0))
os.chown("/course", 0, 0)
open("/course/x", "w")
open("/usr/x", "w")
open("/x", "w")
open("/etc/passwd").read()
os.listdir("/home")
os.listdir("/root/course/source")
os.listdir("/var")
os.listdir("/proc")
os.listdir("/sys")
__import__("resource").setrlimit(7, (4096, 4096))
__import__("resource").setrlimit(9, (-1, -1))
[name for name in os.environ if name not in EXPECTED]
[fd for fd in range(3, 60) if opened(fd)]
subprocess.run(["true"])
os.system("true") == 0
ctypes.CDLL("/tmp/scratch/threat.so")
"""

# That something is there can be seen under Landlock; what is in it cannot.
SIGHT = """
os.path.exists("/etc/passwd")
os.path.exists("/dev/sda") or os.path.exists("/dev/mem")
os.path.exists("/var") or os.path.exists("/sys")
os.readlink("/proc/self/exe")
"""

HELPERS = """
EXPECTED = {"TMPDIR", "PATH", "LANG", "LC_CTYPE", "HOME", "MPLCONFIGDIR", "IPYTHONDIR",
            "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "PYTHONDONTWRITEBYTECODE",
            "PWD", "MPLBACKEND"}
def opened(fd):
    import stat
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        return False
    return not stat.S_ISSOCK(mode)   # but the one to the judge
"""

SHARED = """
libc.shmget(0x746872, 4096, 0o1666) != -1
libc.semget(0x746872, 1, 0o1666) != -1
libc.msgget(0x746872, 0o1666) != -1
syscall(240, b"threat-left-this", 66, 0o666, 0)
[name for place in (os.getcwd(), "/dev/shm") for name in os.listdir(place) if "threat" in name]
"""


def _with_helpers(name, code):
    made = attempt(name, code)
    made.answers["softmax"] = HELPERS + made.answers["softmax"]
    return made


SUBMISSIONS = [
    attempt("network", NETWORK),
    attempt("kernel", KERNEL),
    _with_helpers("rights", RIGHTS),
    attempt("sight", SIGHT, landlock="failed"),
    attempt("shared_with_others", SHARED),
    attempt("zz_shared_with_those_before", SHARED),
]
