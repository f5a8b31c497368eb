"""A shell on a terminal of its own, that is typed into.

SPDX-License-Identifier: MIT
"""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time


class Terminal:
    def __init__(self, argv, environment, folder, columns=80):
        self.output = b''
        self.ended = False
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(argv[0], argv, environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack('HHHH', 50, columns, 0, 0))

    def type(self, text):
        data = text.encode()
        while data:
            self.read(0)
            size = os.write(self.fd, data[:256])
            data = data[size:]

    def read(self, seconds):
        """Take what is printed within so many seconds; whether there was."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            got = b''
        # Who asks for what kind of terminal this is gets an answer.
        if b'\x1b[c' in got or b'\x1b[0c' in got:
            os.write(self.fd, b'\x1b[?1;2c')
        self.output += got
        self.ended = self.ended or not got
        return bool(got)

    def wait_for(self, text, seconds=90):
        """Everything up to `text`, which is taken; None: it did not come."""
        wanted = text.encode()
        until = time.monotonic() + seconds
        while wanted not in self.output:
            if time.monotonic() > until or self.ended:
                return None
            self.read(0.05)
        before, _, self.output = self.output.partition(wanted)
        return before.decode(errors='replace')

    def wait_until_edited(self, seconds=90):
        """Until the shell takes keys, and nobody else does."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.ended:
            if not termios.tcgetattr(self.fd)[3] & termios.ICANON:
                return
            self.read(0.002)

    def close(self):
        os.close(self.fd)
        try:
            os.kill(self.pid, signal.SIGHUP)
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
