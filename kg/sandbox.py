"""Shuts the ways out of a process, for good: no sockets, programs or files but those that are open, bounded memory.

On Linux a seccomp filter does it, on the processors it is written for; elsewhere nothing is shut, and `shut` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

#: What a shut process may still do with files: nothing, or open them for reading.
Files = Literal["none", "reading"]

_MEGABYTE = 1 << 20
_SET_SECCOMP, _FILTER, _NO_NEW_PRIVILEGES = 22, 2, 38
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_X32, _THREAD = 0x40000000, 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

#: Numbers of the system calls that are shut, on x86-64 and on ARM64; 0 where there is no such call.
_SHUT: Mapping[str, tuple[int, int]] = {
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "bind": (49, 200),
    "listen": (50, 201),
    "socketpair": (53, 199),
    "accept4": (288, 242),
    "recvmmsg": (299, 243),
    "sendmmsg": (307, 269),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "fork": (57, 0),
    "vfork": (58, 0),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kill": (62, 129),
    "tkill": (200, 130),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "bpf": (321, 280),
    "creat": (85, 0),
    "openat2": (437, 437),
    "open_by_handle_at": (304, 265),
    "truncate": (76, 45),
    "rename": (82, 0),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, 0),
    "mkdirat": (258, 34),
    "rmdir": (84, 0),
    "link": (86, 0),
    "linkat": (265, 37),
    "unlink": (87, 0),
    "unlinkat": (263, 35),
    "symlink": (88, 0),
    "symlinkat": (266, 36),
    "chmod": (90, 0),
    "fchmodat": (268, 53),
    "chown": (92, 0),
    "fchownat": (260, 54),
    "mknod": (133, 0),
    "mknodat": (259, 33),
}
_PROCESSORS = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_OPEN, _OPENAT, _CLONE, _CLONE3 = (2, 0), (257, 56), (56, 220), (435, 435)


def available() -> bool:
    """Whether this system and processor have the filter."""
    return sys.platform == "linux" and platform.machine() in _PROCESSORS


def shut(files: Files) -> bool:
    """Shut this process, which has one thread, for good; False where the system has no filter to do it with."""
    if not available():
        return False
    code = b"".join(_program(*_PROCESSORS[platform.machine()], files))
    program = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: the number of instructions, then (aligned as a pointer) where they stand
    description = ctypes.create_string_buffer(struct.pack("HP", len(code) // 8, ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(description), 0, 0) == 0)


def limit_memory(megabytes: int) -> None:
    """Let the process take no more memory than so much beyond what it has, and leave no core behind."""
    if sys.platform != "linux":
        return  # elsewhere the limit on the address space does not hold
    import resource

    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _program(column: int, architecture: int, files: Files) -> Iterator[bytes]:
    """The filter: what is not named is allowed, a foreign calling convention ends the process."""
    yield from (_step(_LOAD, _ARCHITECTURE), _step(_EQUAL, architecture, 1, 0), _step(_RETURN, _KILL))
    yield from (_step(_LOAD, _NUMBER), _step(_AT_LEAST, _X32, 0, 1), _step(_RETURN, _KILL))
    yield from _refuse(_CLONE3[column], errno.ENOSYS)  # so that clone is used, whose flags show
    for numbers in _SHUT.values():
        if numbers[column]:
            yield from _refuse(numbers[column], errno.EPERM)
    yield from _refuse_unless(_CLONE[column], 0, _THREAD, set_bits=True)
    for number, argument in ((_OPEN[column], 1), (_OPENAT[column], 2)):
        if number and files == "none":
            yield from _refuse(number, errno.EPERM)
        elif number:
            yield from _refuse_unless(number, argument, _WRITING, set_bits=False)
    yield _step(_RETURN, _ALLOW)


def _refuse(number: int, error: int) -> Iterator[bytes]:
    yield from (_step(_EQUAL, number, 0, 1), _step(_RETURN, _ERROR | error))


def _refuse_unless(number: int, argument: int, bits: int, *, set_bits: bool) -> Iterator[bytes]:
    """Refuse the call unless any of these bits of an argument is set, or none is."""
    yield _step(_EQUAL, number, 0, 5)
    yield _step(_LOAD, _ARGUMENTS + 8 * argument)  # both processors are little-endian: the low half comes first
    yield _step(_ANY_BIT, bits, *((0, 1) if set_bits else (1, 0)))
    yield _step(_RETURN, _ALLOW)
    yield _step(_RETURN, _ERROR | errno.EPERM)
    yield _step(_LOAD, _NUMBER)


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
